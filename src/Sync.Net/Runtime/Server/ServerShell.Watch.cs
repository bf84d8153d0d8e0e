using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

// For who holds a group's members from outside, in the server's own process.
internal sealed partial class ServerShell
{
    /// <summary>Keeps the group as long as the server runs: what became of its members is known to whoever comes later.</summary>
    /// <returns>False when the server has no room for the group.</returns>
    public bool TryPin(string group) => _server.Groups.Pin(group) is not null;

    /// <summary>Tells a group that nothing of a member runs any more; it takes effect before this returns.</summary>
    public void Retire(string group, string member, string? role, string? failure)
    {
        if (_server.Groups.Pin(group) is not { } own) return;
        Batch batch = own.Rent();
        own.Retire(batch, new Retire(member, role, failure));
        own.Flush(batch);
    }

    /// <summary>What is open in a group; null when there would be too many groups.</summary>
    public Overview? Show(string group) => _server.Groups.Pin(group)?.Show();

    /// <summary>A task that ends when the observer has been told of all that happened before.</summary>
    public Task FlushObserverAsync() => _server.Lookout?.FlushAsync() ?? Task.CompletedTask;
}
