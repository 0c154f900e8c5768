package org.spdbook.kernel.shell;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Changes the classes of snippets before they are loaded: a look at {@link Stops} at the start of each method and before each
 * jump backwards, so that a loop or a recursion of a cell ends when it is asked to, and {@link CellCalls} in place of the calls
 * that would end the kernel or block for ever. The JDK's own engine does the first from 20 on and stops threads in mid-operation
 * before that; this one is the same on every JDK, and reaches the thread of the cell alone. The look costs a read of a field;
 * it could not be measured in loops over arrays (17 and 25).
 */
final class Weaver {

    private static final int API = Opcodes.ASM9;
    private static final String STOPS = Stops.class.getName().replace('.', '/');
    private static final String CALLS = CellCalls.class.getName().replace('.', '/');
    private static final int MAJOR = 6;
    private static final int NEWEST = Opcodes.V26;

    private Weaver() {}

    /** The class as it is to be loaded. */
    static byte[] weave(byte[] code) {
        int version = (code[MAJOR] & 0xff) << 8 | code[MAJOR + 1] & 0xff;
        byte[] readable = code;
        if (version > NEWEST) { // a JDK newer than the reader: class files have kept their form so far
            readable = code.clone();
            setVersion(readable, NEWEST);
        }
        var reader = new ClassReader(readable);
        var writer = new ClassWriter(reader, 0);
        reader.accept(new Classes(writer), 0);
        byte[] woven = writer.toByteArray();
        if (version > NEWEST) {
            setVersion(woven, version);
        }
        return woven;
    }

    private static void setVersion(byte[] code, int version) {
        code[MAJOR] = (byte) (version >> 8);
        code[MAJOR + 1] = (byte) version;
    }

    private static final class Classes extends ClassVisitor {

        Classes(ClassVisitor next) {
            super(API, next);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, type, signature, exceptions);
            return new Methods(next, !name.startsWith("<"));
        }
    }

    private static final class Methods extends MethodVisitor {

        private final Label start = new Label();
        private boolean atStart;
        private final Set<Label> passed = new HashSet<>();

        Methods(MethodVisitor next, boolean atStart) {
            super(API, next);
            this.atStart = atStart;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            if (atStart) {
                super.visitLabel(start);
                look();
            }
        }

        /** The look at the start has the first line of the method, for a stack that ends there. */
        @Override
        public void visitLineNumber(int line, Label at) {
            if (atStart) {
                super.visitLineNumber(line, start);
                atStart = false;
            }
            super.visitLineNumber(line, at);
        }

        private void look() {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, STOPS, "look", "()V", false);
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            if (passed.contains(label)) {
                look();
            }
            super.visitJumpInsn(opcode, label);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String type, boolean ofInterface) {
            String instead = opcode == Opcodes.INVOKESPECIAL ? null : CellCalls.instead(owner, name, type);
            if (instead == null) {
                super.visitMethodInsn(opcode, owner, name, type, ofInterface);
            } else {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, CALLS, name, instead, false);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String type, Handle bootstrap, Object... arguments) {
            Object[] changed = arguments.clone();
            for (int i = 0; i < changed.length; i++) {
                if (changed[i] instanceof Handle handle) {
                    String instead = CellCalls.instead(handle.getOwner(), handle.getName(), handle.getDesc());
                    changed[i] = instead == null
                            ? handle
                            : new Handle(Opcodes.H_INVOKESTATIC, CALLS, handle.getName(), instead, false);
                }
            }
            super.visitInvokeDynamicInsn(name, type, bootstrap, changed);
        }
    }
}
