using Sync.Net.Transport;

namespace Sync.Net.Tests.PublicApi.Groups;

/// <summary>Groups over the wire protocol, on a network within the test.</summary>
public sealed class MemoryConformanceTests : NetworkConformanceTests
{
    private protected override ITransport Network { get; } = new MemoryTransport();

    private protected override string Listen => "h:0";
}
