using System.Buffers;
using MessagePack;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Wire;

public sealed class TrailingElementTests
{
    [Theory, MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Read_UnknownElementsAtTheEnd_AreSkipped(string name)
    {
        Sample sample = Samples.Get(name);
        byte[] bytes = Bodies.WithTrailing(sample.ToBytes(), 7, (ref MessagePackWriter writer) =>
        {
            writer.WriteNil();
            writer.Write(-40_000);
            writer.Write("later");
            writer.Write(1.5);
            writer.WriteMapHeader(1);
            writer.Write("key");
            writer.WriteArrayHeader(2);
            writer.Write(true);
            writer.Write(Samples.Ramp(3));
            writer.WriteExtensionFormat(new ExtensionResult(9, Samples.Ramp(5)));
            writer.Write(Samples.Ramp(300));
        });

        foreach (ReadOnlySequence<byte> form in new[] { new ReadOnlySequence<byte>(bytes), Segments.OneByteEach(bytes) })
        {
            Assert.Equal(Shape.Of(sample.Frame), Shape.Of(sample.Read(Wired.ReadRaw(form), Wired.Context)));
        }
    }

    [Fact]
    public void Read_UnknownElementsInNestedArrays_AreSkipped()
    {
        byte[] bytes = Bodies.Frame(FrameType.Decision, 4, (ref MessagePackWriter writer) =>
        {
            writer.Write(1);
            writer.Write("setup");
            writer.Write(2);
            writer.WriteArrayHeader(10);
            writer.Write(0);
            writer.Write(2);
            writer.WriteNil();
            writer.WriteArrayHeader(1);
            writer.WriteArrayHeader(3);
            writer.Write("a");
            writer.Write(5);
            writer.Write("later");
            writer.WriteArrayHeader(1);
            writer.WriteArrayHeader(7);
            writer.Write("a");
            writer.WriteNil();
            writer.WriteNil();
            writer.Write(4);
            writer.Write(6);
            writer.Write("client");
            writer.WriteArrayHeader(0);
            writer.WriteArrayHeader(1);
            writer.WriteArrayHeader(5);
            writer.Write("b");
            writer.Write("gone");
            writer.Write(7);
            writer.WriteNil();
            writer.WriteNil();
            writer.Write(3);
            writer.WriteNil();
            writer.Write("later");
            writer.WriteMapHeader(0);
        });

        DecisionFrame frame = Frames.Read<DecisionFrame>(Wired.ReadRaw(new(bytes)), Wired.Context);

        DecisionFrame expected = new(new SessionKey(SessionKind.Data, "setup"), 2, new Released(
            2,
            null,
            [new("a", TimeSpan.FromMicroseconds(5))],
            [new("a", null, null, 4, TimeSpan.FromMicroseconds(6), "client")],
            [new("b", "gone", TimeSpan.FromMicroseconds(7), null)],
            3));
        Assert.Equal(Shape.Of(expected), Shape.Of(frame));
    }

    [Theory]
    [InlineData(BodyReader.MaxDepth, true)]
    [InlineData(BodyReader.MaxDepth + 1, false)]
    [InlineData(500_000, false)]
    public void Read_UnknownElementsNested_ToTheLimitOnly(int depth, bool good)
    {
        byte[] nested = new byte[depth];
        Array.Fill(nested, (byte)0x91);
        nested[^1] = 0x90;
        byte[] bytes = Bodies.Frame(FrameType.Closing, 1, (ref MessagePackWriter writer) => writer.WriteRaw(nested));
        RawFrame raw = Wired.ReadRaw(new(bytes));

        if (good) Frames.Read<ClosingFrame>(raw, Wired.Context);
        else Assert.Throws<WireException>(() => Frames.Read<ClosingFrame>(Wired.ReadRaw(new(bytes)), Wired.Context));
    }

    [Fact]
    public void TryRead_UnknownType_GivesTheFrameToBeSkipped()
    {
        byte[] bytes = Bodies.Frame((FrameType)200, 1, (ref MessagePackWriter writer) => writer.Write("later"));

        RawFrame raw = Wired.ReadRaw(new(bytes));

        Assert.Equal((FrameType)200, raw.Type);
        Assert.Equal(1, raw.FieldCount);
    }
}
