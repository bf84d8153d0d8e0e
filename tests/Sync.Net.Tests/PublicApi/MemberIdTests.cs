using Sync.Net.Arguments;

namespace Sync.Net.Tests.PublicApi;

public sealed class MemberIdTests
{
    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("host#a", "host")]
    [InlineData("host#a#b", "host")]
    [InlineData("host#", "host")]
    public void Parse_UsableId_SplitsAddressAtFirstHash(string id, string address)
    {
        MemberId member = MemberId.Parse(id, "hostId", 256);
        Assert.Equal(id, member.Text);
        Assert.Equal(address, member.Address);
        Assert.Equal(id, member.ToString());
    }

    [Theory]
    [InlineData("", "The member id is empty: give it a name of at least one character.")]
    [InlineData("#a", "The member id '#a' has no address before the '#': write host#tag.")]
    [InlineData("a\u0001b", "The member id 'a\u0001b' holds a control character: use printable ones.")]
    [InlineData("a\nb", "The member id 'a b' holds a control character: use printable ones.")]
    [InlineData("0123456789abcdefä", "The member id '0123456789abcdefä' has 18 bytes: at most 16 are allowed (SyncLimits.MaxNameBytes).")]
    public void Parse_UnusableId_ThrowsWithInputAndRemedy(string id, string text)
    {
        var e = Assert.Throws<ArgumentException>(() => MemberId.Parse(id, "hostId", 16));
        Assert.Equal("hostId", e.ParamName);
        Assert.StartsWith(text.Replace("\u0001", "", StringComparison.Ordinal), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_HalfASurrogatePair_Throws()
    {
        // Not as a theory: the test's own name could not be written.
        var e = Assert.Throws<ArgumentException>(() => MemberId.Parse("a\uD800", "hostId", 16));
        Assert.Contains("half a surrogate pair", e.Message, StringComparison.Ordinal);
        Assert.Equal("a😀", MemberId.Parse("a😀", "hostId", 16).Text);
    }

    [Fact]
    public void Parse_Null_ThrowsWithParameter() =>
        Assert.Equal("hostId", Assert.Throws<ArgumentNullException>(() => MemberId.Parse(null, "hostId", 16)).ParamName);

    [Theory]
    [InlineData("web1", "web1:11922")]
    [InlineData("web1#a", "web1:11922")]
    [InlineData("web1:700#a", "web1:700")]
    [InlineData("::1", "[::1]:11922")]
    [InlineData("fe80::1:2#a", "[fe80::1:2]:11922")]
    [InlineData("[::1]", "[::1]:11922")]
    [InlineData("[::1]:80#b", "[::1]:80")]
    public void EndpointWith_Address_TakesItsOwnPortOrTheDefault(string id, string endpoint) =>
        Assert.Equal(endpoint, MemberId.Parse(id, "hostId", 256).EndpointWith(11922).ToString());
}
