package dev.sluice.deploy.accept;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A Linux x86-64 executable of some 160 bytes, made without a compiler, that prints a message. */
final class StaticProgram {
  private static final long BASE = 0x400000;
  private static final int ELF_HEADER = 64;
  private static final int PROGRAM_HEADER = 56;
  private static final int CODE = 36;
  private static final short EXECUTABLE = 2;
  private static final short X86_64 = 62;

  private StaticProgram() {}

  /** The bytes of the file; needs no library, no interpreter and no writable memory. */
  static byte[] printing(String message) {
    byte[] text = (message + "\n").getBytes(StandardCharsets.UTF_8);
    int size = ELF_HEADER + PROGRAM_HEADER + CODE + text.length;
    var file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    elfHeader(file);
    programHeader(file, size);
    code(file, text.length);
    return file.put(text).array();
  }

  private static void elfHeader(ByteBuffer file) {
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
    file.putShort(EXECUTABLE).putShort(X86_64).putInt(1);
    file.putLong(BASE + ELF_HEADER + PROGRAM_HEADER); // entry point
    file.putLong(ELF_HEADER).putLong(0).putInt(0);
    file.putShort((short) ELF_HEADER).putShort((short) PROGRAM_HEADER).putShort((short) 1);
    file.putShort((short) 64).putShort((short) 0).putShort((short) 0);
  }

  private static void programHeader(ByteBuffer file, int size) {
    int load = 1;
    int readAndExecute = 5;
    file.putInt(load).putInt(readAndExecute).putLong(0).putLong(BASE).putLong(BASE);
    file.putLong(size).putLong(size).putLong(0x1000);
  }

  private static void code(ByteBuffer file, int length) {
    file.put((byte) 0xb8).putInt(1); // mov eax, write
    file.put((byte) 0xbf).putInt(1); // mov edi, stdout
    file.put((byte) 0x48).put((byte) 0xbe); // mov rsi, message
    file.putLong(BASE + ELF_HEADER + PROGRAM_HEADER + CODE);
    file.put((byte) 0xba).putInt(length); // mov edx, length
    file.put((byte) 0x0f).put((byte) 0x05); // syscall
    file.put((byte) 0xb8).putInt(60); // mov eax, exit
    file.put((byte) 0x31).put((byte) 0xff); // xor edi, edi
    file.put((byte) 0x0f).put((byte) 0x05); // syscall
  }
}
