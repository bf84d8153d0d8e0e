using Sync.Net.Runtime.Server;
using Sync.Net.Texts;

namespace Sync.Net;

// For the runner, which holds the members of its group from outside.
public sealed partial class SyncServer
{
    /// <inheritdoc cref="ServerShell.TryPin"/>
    internal bool TryPin(string group) => _shell.TryPin(group);

    /// <inheritdoc cref="ServerShell.Retire"/>
    internal void Retire(string group, string member, string? role, string? failure) =>
        _shell.Retire(group, member, role, failure is null ? null : OneLine.Of(failure));

    /// <summary>Who is there, and who waits where and for whom.</summary>
    internal GroupStatus? Show(string group) => _shell.Show(group) is { } overview ? ResultMapper.Status(overview) : null;

    /// <inheritdoc cref="ServerShell.FlushObserverAsync"/>
    internal Task FlushObserverAsync() => _shell.FlushObserverAsync();
}
