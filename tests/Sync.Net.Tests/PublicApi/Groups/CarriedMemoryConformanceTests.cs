using Sync.Net.Tests.Transport.Carrying;
using Sync.Net.Transport;

namespace Sync.Net.Tests.PublicApi.Groups;

/// <summary>Groups whose members all share one connection, on a network within the test: no thread is shared by all connections there.</summary>
public sealed class CarriedMemoryConformanceTests : NetworkConformanceTests
{
    private protected override ITransport Network { get; } = new CarryingTransport(new MemoryTransport());

    private protected override string Listen => "h:0";
}
