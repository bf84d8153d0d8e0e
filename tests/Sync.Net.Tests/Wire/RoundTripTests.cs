using System.Buffers;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Wire;

public sealed class RoundTripTests
{
    [Theory, MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Read_WholeFrame_GivesWhatWasWritten(string name) =>
        AssertReads(Samples.Get(name), new ReadOnlySequence<byte>(Samples.Get(name).ToBytes()));

    [Theory, MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Read_SplitAtEveryOffset_GivesWhatWasWritten(string name)
    {
        Sample sample = Samples.Get(name);
        byte[] bytes = sample.ToBytes();
        for (int offset = 0; offset <= bytes.Length; offset++) AssertReads(sample, Segments.SplitAt(bytes, offset));
    }

    [Theory, MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Read_OneByteASegment_GivesWhatWasWritten(string name) =>
        AssertReads(Samples.Get(name), Segments.OneByteEach(Samples.Get(name).ToBytes()));

    [Theory, MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Measure_EveryFrame_IsTheLengthOfTheBody(string name)
    {
        Sample sample = Samples.Get(name);
        Assert.Equal(sample.ToBytes().Length - Frames.LengthPrefixBytes, sample.Measure());
    }

    [Theory, MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void TryRead_EveryPrefixOfAFrame_NeedsMoreAndTakesNothing(string name)
    {
        byte[] bytes = Samples.Get(name).ToBytes();
        for (int length = 0; length < bytes.Length; length++)
        {
            ReadOnlySequence<byte> buffer = new(bytes, 0, length);
            Assert.Equal(FrameReadStatus.NeedMore, FrameReader.TryRead(ref buffer, Wired.MaxFrameBytes, out _));
            Assert.Equal(length, buffer.Length);
        }
    }

    [Fact]
    public void TryRead_FramesInARow_TakesOneAtATime()
    {
        ArrayBufferWriter<byte> output = new();
        foreach (Sample sample in Samples.All) sample.Write(output);

        ReadOnlySequence<byte> buffer = new(output.WrittenMemory);
        foreach (Sample sample in Samples.All)
        {
            Assert.Equal(FrameReadStatus.Frame, FrameReader.TryRead(ref buffer, Wired.MaxFrameBytes, out RawFrame raw));
            Assert.Equal(Shape.Of(sample.Frame), Shape.Of(sample.Read(raw, Wired.Context)));
        }
        Assert.True(buffer.IsEmpty);
    }

    [Fact]
    public void Samples_AllFrameTypes_AreThere() =>
        Assert.Equal(Enum.GetValues<FrameType>(), Samples.All.Select(sample => sample.Type).Distinct().Order());

    private static void AssertReads(Sample sample, ReadOnlySequence<byte> bytes)
    {
        RawFrame raw = Wired.ReadRaw(bytes);

        Assert.Equal(sample.Type, raw.Type);
        Assert.Equal(sample.Term, raw.Term);
        Assert.Equal(Shape.Of(sample.Frame), Shape.Of(sample.Read(raw, Wired.Context)));
    }
}
