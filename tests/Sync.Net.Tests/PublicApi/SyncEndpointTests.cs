using Sync.Net.Transport;

namespace Sync.Net.Tests.PublicApi;

public sealed class SyncEndpointTests
{
    [Theory]
    [InlineData("localhost:0", "localhost", 0, null)]
    [InlineData("10.0.0.1:11922", "10.0.0.1", 11922, null)]
    [InlineData("[::1]:65535", "::1", 65535, null)]
    [InlineData("unix:/tmp/a b:1", "", 0, "/tmp/a b:1")]
    public void Parse_EveryForm_RoundTrips(string text, string host, int port, string? path)
    {
        SyncEndpoint endpoint = SyncEndpoint.Parse(text);
        Assert.Equal((host, port, path), (endpoint.Host, endpoint.Port, endpoint.Path));
        Assert.Equal(path is not null, endpoint.IsUnix);
        Assert.Equal(text, endpoint.ToString());
        Assert.Equal(endpoint, SyncEndpoint.Parse(text));
    }

    [Theory]
    [InlineData("", "has no port")]
    [InlineData("host", "has no port")]
    [InlineData("::1", "has no port")]
    [InlineData("::1:80", "has no port")]
    [InlineData("[::1]", "has no port")]
    [InlineData(":80", "has no usable host")]
    [InlineData("a b:80", "has no usable host")]
    [InlineData("a#b:80", "has no usable host")]
    [InlineData("http://a:80", "has no port")]
    [InlineData("[10.0.0.1]:80", "has no usable host")]
    [InlineData("host:", "has no usable port")]
    [InlineData("host:x", "has no usable port")]
    [InlineData("host:-1", "has no usable port")]
    [InlineData("host:65536", "has no usable port")]
    [InlineData("unix:", "has no path")]
    public void Parse_Unusable_NamesTextAndForms(string text, string fault)
    {
        var e = Assert.Throws<ArgumentException>(() => SyncEndpoint.Parse(text));
        Assert.StartsWith($"The endpoint '{text}' {fault}: write host:port, [v6]:port or unix:PATH", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithPort_KeepsTheHost() => Assert.Equal("[::1]:7", SyncEndpoint.Tcp("[::1]", 0).WithPort(7).ToString());
}
