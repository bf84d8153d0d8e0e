using System.Buffers;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Wire;

/// <summary>A frame with a name, whatever its type: docs/protocol.md has the bytes of each under that name.</summary>
internal abstract class Sample(string name, FrameType type, Term term)
{
    public string Name { get; } = name;

    public FrameType Type { get; } = type;

    public Term Term { get; } = term;

    public abstract object Frame { get; }

    public abstract long Measure();

    public abstract void Write(IBufferWriter<byte> output);

    public abstract object Read(in RawFrame raw, WireContext context);

    public byte[] ToBytes()
    {
        ArrayBufferWriter<byte> output = new();
        Write(output);
        return output.WrittenSpan.ToArray();
    }

    public override string ToString() => Name;

    public static Sample Of<TFrame>(string name, Term term, TFrame frame)
        where TFrame : struct, IFrame<TFrame> => new Typed<TFrame>(name, term, frame);

    private sealed class Typed<TFrame>(string name, Term term, TFrame frame) : Sample(name, TFrame.Type, term)
        where TFrame : struct, IFrame<TFrame>
    {
        public override object Frame => frame;

        public override long Measure() => Frames.Measure(Term, frame);

        public override void Write(IBufferWriter<byte> output) => Frames.Write(output, Term, frame);

        public override object Read(in RawFrame raw, WireContext context) => Frames.Read<TFrame>(raw, context);
    }
}
