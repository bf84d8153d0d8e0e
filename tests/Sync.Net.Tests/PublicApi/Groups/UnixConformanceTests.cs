using Sync.Net.Transport;

namespace Sync.Net.Tests.PublicApi.Groups;

/// <summary>Groups over Unix sockets.</summary>
public sealed class UnixConformanceTests : NetworkConformanceTests
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private protected override ITransport Network => SocketTransport.Instance;

    private protected override string Listen => "unix:" + _path;

    private protected override async Task StopAsync()
    {
        await base.StopAsync();
        File.Delete(_path);
    }
}
