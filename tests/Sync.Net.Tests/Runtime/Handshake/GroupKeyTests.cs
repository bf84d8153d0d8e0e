using Sync.Net.Runtime.Handshake;

namespace Sync.Net.Tests.Runtime.Handshake;

public sealed class GroupKeyTests
{
    [Fact]
    public void From_ShortKey_SaysHowLongItMustBe()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => GroupKey.From("fifteen bytes.."));

        Assert.Contains("15 bytes; it needs 16", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("fifteen", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_SixteenBytesOfUtf8_IsEnough() => Assert.Equal(8, GroupKey.From("éééééééé").Id.Length);

    [Fact]
    public void NewNonce_Always_IsAnother() => Assert.NotEqual(GroupKey.NewNonce(), GroupKey.NewNonce());
}
