using Sync.Net.IntegrationTests.Harness;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Groups;

/// <summary>A group of three processes, as LAVA's manual has it; the server's process hosts it.</summary>
internal sealed class GroupLab : IAsyncDisposable
{
    public const string ServerId = "127.0.0.1#0server";
    public const string ClientId = "127.0.0.1#client";
    public const string ObserverId = "127.0.0.1#observer";

    private readonly Lab _lab = new()
    {
        Options = new OptionFacts
        {
            Port = Ports.Free(),
            Roster = new Dictionary<string, string?> { [ServerId] = "server", [ClientId] = "client", [ObserverId] = "observer" },
        },
    };

    public RemoteGroup Server { get; private set; } = null!;

    public RemoteGroup Client { get; private set; } = null!;

    public RemoteGroup Observer { get; private set; } = null!;

    public static async Task<GroupLab> StartAsync(params string[] essential)
    {
        var lab = new GroupLab();
        try
        {
            Member[] members = await lab._lab.StartAsync(ServerId, ClientId, ObserverId);
            RemoteGroup[] sides = await Task.WhenAll(members.Select(m => m.With(m.Options with { Essential = essential }).JoinAsync()));
            (lab.Server, lab.Client, lab.Observer) = (sides[0], sides[1], sides[2]);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Another process for one of the ids.</summary>
    public async Task<RemoteGroup> JoinAgainAsync(string id) => await (await _lab.StartAsync(id, on: null)).JoinAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();
}
