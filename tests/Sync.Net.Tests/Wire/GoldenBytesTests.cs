using System.Buffers;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Wire;

public sealed class GoldenBytesTests
{
    [Theory, MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Write_EverySample_GivesTheBytesOfThePage(string name) =>
        Assert.Equal(Convert.ToHexString(ProtocolPage.Golden[name]), Convert.ToHexString(Samples.Get(name).ToBytes()));

    [Theory, MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Read_BytesOfThePage_GivesTheSample(string name)
    {
        Sample sample = Samples.Get(name);
        RawFrame raw = Wired.ReadRaw(new ReadOnlySequence<byte>(ProtocolPage.Golden[name]));

        Assert.Equal(sample.Term, raw.Term);
        Assert.Equal(Shape.Of(sample.Frame), Shape.Of(sample.Read(raw, Wired.Context)));
    }

    [Fact]
    public void Page_GoldenBlocks_AreTheSamplesAndOneExchange() => Assert.Equal(
        Samples.All.Select(sample => sample.Name).Order(),
        ProtocolPage.Golden.Keys.Where(name => !name.StartsWith("exchange ", StringComparison.Ordinal)).Order());

    [Fact]
    public void Page_Headings_AreTheFrames() => Assert.Equal(
        Enum.GetValues<FrameType>().Select(type => (Heading(type), (int)type)).Order(),
        ProtocolPage.FrameHeadings.Select(heading => (heading, ProtocolPage.TypeOf(heading))).Order());

    private static string Heading(FrameType type) => type == FrameType.NeedRoster ? "need roster" : $"{type}".ToLowerInvariant();
}
