using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Harness;

internal sealed class RemoteServer(Member member, string target, string endpoint) : RemoteObject(member, target)
{
    public string Endpoint => endpoint;

    /// <summary>The options with which members reach this server.</summary>
    public OptionFacts Options => Member.Options with { Endpoint = endpoint };

    /// <summary>How many bytes its process has allocated so far.</summary>
    public async Task<long> AllocatedAsync() => (await Send(new Command { Id = 0, Op = Ops.Allocated }).ResultAsync()).Bytes!.Value;

    public PendingCall Stop() => Send(new Command { Id = 0, Op = Ops.Stop });
}
