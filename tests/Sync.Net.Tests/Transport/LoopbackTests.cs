using Sync.Net.Transport;

namespace Sync.Net.Tests.Transport;

public sealed class LoopbackTests : BoundedTest
{
    [Theory]
    [InlineData("127.0.0.1:0", true)]
    [InlineData("127.9.8.7:0", true)]
    [InlineData("[::1]:0", true)]
    [InlineData("localhost:0", true)]
    [InlineData("unix:/tmp/s", true)]
    [InlineData("0.0.0.0:0", false)]
    [InlineData("[::]:0", false)]
    [InlineData("192.0.2.1:0", false)]
    [InlineData("no-such-host.invalid:0", false)]
    public async Task IsOnly_Endpoint_TellsWhetherOthersCanReachIt(string endpoint, bool expected) =>
        Assert.Equal(expected, await Loopback.IsOnlyAsync(SyncEndpoint.Parse(endpoint), Token));
}
