using System.Buffers;
using MessagePack;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Wire;

public sealed class MalformedTests
{
    [Theory, MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Read_BodyCutAtEveryByte_IsMalformed(string name)
    {
        Sample sample = Samples.Get(name);
        byte[] frame = sample.ToBytes();
        for (int length = 1; length < frame.Length - Frames.LengthPrefixBytes; length++)
        {
            ReadOnlySequence<byte> bytes = new(Wired.Frame(frame[4..(4 + length)]));
            FrameReadStatus status = FrameReader.TryRead(ref bytes, Wired.MaxFrameBytes, out RawFrame raw);
            if (status != FrameReadStatus.Frame) Assert.Equal(FrameReadStatus.Malformed, status);
            else AssertMalformed(sample, raw);
        }
    }

    [Theory, MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Read_OneElementTooFew_IsMalformed(string name)
    {
        Sample sample = Samples.Get(name);
        if (sample.Type == FrameType.Closing) return;
        byte[] frame = sample.ToBytes();
        frame[4]--;

        AssertMalformed(sample, Wired.ReadRaw(new(frame)));
    }

    [Theory, MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Read_BytesAfterTheArray_AreMalformed(string name)
    {
        Sample sample = Samples.Get(name);
        byte[] frame = sample.ToBytes();

        AssertMalformed(sample, Wired.ReadRaw(new(Wired.Frame([.. frame[4..], 0]))));
    }

    [Theory]
    [InlineData("00000000")]
    [InlineData("00000001 90")]
    [InlineData("00000003 92 01 00")]
    [InlineData("00000004 93 ff 00 00")]
    [InlineData("00000005 93 cd0100 00")]
    [InlineData("00000004 83 01 00 00")]
    [InlineData("00000008 dd ffffffff 01 00 00")]
    [InlineData("0000000c 93 01 cf 0000000100000000 00")]
    public void TryRead_NoHeader_IsMalformed(string hex)
    {
        ReadOnlySequence<byte> bytes = new(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        Assert.Equal(FrameReadStatus.Malformed, FrameReader.TryRead(ref bytes, Wired.MaxFrameBytes, out _));
    }

    [Theory]
    [InlineData("93 18 00 00")]
    [InlineData("dc 0003 cc18 d000 cf0000000000000000")]
    [InlineData("dd 00000003 d100 18 ce00000000 d30000000000000000")]
    public void TryRead_HeaderInAnyForm_IsRead(string hex)
    {
        byte[] frame = Wired.Frame(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

        foreach (ReadOnlySequence<byte> form in new[] { new ReadOnlySequence<byte>(frame), Segments.OneByteEach(frame) })
        {
            RawFrame raw = Wired.ReadRaw(form);
            Assert.Equal(FrameType.Closing, raw.Type);
            Frames.Read<ClosingFrame>(raw, Wired.Context);
        }
    }

    [Fact]
    public void TryRead_LengthOverTheLimit_IsTooLargeBeforeTheBodyIsThere()
    {
        byte[] frame = Samples.Get("enter data").ToBytes();
        int length = frame.Length - Frames.LengthPrefixBytes;
        ReadOnlySequence<byte> prefix = new(frame, 0, Frames.LengthPrefixBytes);
        ReadOnlySequence<byte> whole = new(frame);

        Assert.Equal(FrameReadStatus.TooLarge, FrameReader.TryRead(ref prefix, length - 1, out _));
        Assert.Equal(FrameReadStatus.Frame, FrameReader.TryRead(ref whole, length, out _));
    }

    [Fact]
    public void TryRead_LargestLength_IsTooLarge()
    {
        ReadOnlySequence<byte> bytes = new([0xff, 0xff, 0xff, 0xff]);

        Assert.Equal(FrameReadStatus.TooLarge, FrameReader.TryRead(ref bytes, int.MaxValue, out _));
    }

    [Theory]
    [InlineData(0, "empty")]
    [InlineData(256, null)]
    [InlineData(257, "too long")]
    public void Read_NameLength_IsBounded(int length, string? fault)
    {
        byte[] bytes = Dial(new string('n', length));

        if (fault is null) Frames.Read<DialFrame>(Wired.ReadRaw(new(bytes)), Wired.Context);
        else AssertFault(bytes, fault);
    }

    [Fact]
    public void Read_NameThatIsNotUtf8_IsMalformed()
    {
        byte[] bytes = Dial("xy");
        bytes[^2] = 0xff;

        AssertFault(bytes, "not UTF-8");
    }

    [Fact]
    public void Read_Malformed_NamesFrameAndFieldAndNothingElse()
    {
        byte[] bytes = Dial(new string('s', 300));

        WireException fault = Assert.Throws<WireException>(
            () => Frames.Read<DialFrame>(Wired.ReadRaw(new(bytes)), Wired.Context));

        Assert.Equal("Frame 'Dial', field 'member': too long.", fault.Message);
    }

    [Theory]
    [InlineData("answer released", typeof(DecisionFrame))]
    [InlineData("ping", typeof(PongFrame))]
    public void Read_AsAnotherType_IsMalformed(string name, Type type)
    {
        Sample other = Samples.All.First(sample => sample.Frame.GetType() == type);
        byte[] bytes = Samples.Get(name).ToBytes();

        AssertMalformed(other, Wired.ReadRaw(new(bytes)));
    }

    private static byte[] Dial(string member) => Bodies.Frame(FrameType.Dial, 5, (ref MessagePackWriter writer) =>
    {
        writer.Write(Protocol.Magic);
        writer.Write(1);
        writer.Write(1);
        writer.Write("default");
        writer.Write(member);
    });

    private static void AssertFault(byte[] bytes, string fault)
    {
        WireException thrown = Assert.Throws<WireException>(
            () => Frames.Read<DialFrame>(Wired.ReadRaw(new(bytes)), Wired.Context));
        Assert.Equal("member", thrown.Field);
        Assert.EndsWith($"{fault}.", thrown.Message, StringComparison.Ordinal);
    }

    private static void AssertMalformed(Sample sample, RawFrame raw)
    {
        try
        {
            sample.Read(raw, Wired.Context);
        }
        catch (WireException)
        {
            return;
        }
        Assert.Fail($"'{sample.Name}' was read.");
    }
}
