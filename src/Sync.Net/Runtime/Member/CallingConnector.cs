using Sync.Net.Runtime.Server;
using Sync.Net.Transport;

namespace Sync.Net.Runtime.Member;

/// <summary>The master that calls its listening members (the reverse direction): the coordinator is in this process.</summary>
internal sealed class CallingConnector(ConnectorSettings settings, ServerShell? given) : IConnector
{
    private readonly Lock _gate = new();
    private readonly LinkMaker _links = new(settings);
    private readonly HashSet<string> _called = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _calls = [];

    private readonly bool _owns = given is null;

    private ServerShell? _server = given;
    private Task _attempt = Task.CompletedTask;

    public void Begin(Way way, bool resume, IMemberSink sink, Action<AttemptFailure> failed, CancellationToken cancellationToken)
    {
        Task attempt = AttachAsync(resume, sink);
        if (!attempt.IsCompleted) _attempt = attempt;
    }

    /// <summary>Calls those that are not called yet, all at once, until each has answered.</summary>
    public void Call(IEnumerable<(string Member, SyncEndpoint Endpoint)> members)
    {
        lock (_gate)
        {
            (string, SyncEndpoint)[] fresh = [.. members.Where(each => _called.Add(each.Member))];
            if (fresh.Length > 0) _calls.Add(CallAsync(fresh));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _attempt.ConfigureAwait(false);
        await Task.WhenAll(_calls).ConfigureAwait(false);
        await _links.DisposeAsync().ConfigureAwait(false);
        if (_owns && _server is not null) await _server.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task AttachAsync(bool resume, IMemberSink sink) =>
        _links.Attach(await ServerAsync().ConfigureAwait(false), resume, sink);

    private async Task<ServerShell> ServerAsync() =>
        _server ??= await ServerShell.StartAsync(settings.Hosting with { Listen = null }, settings.Logger, CancellationToken.None).ConfigureAwait(false);

    private async Task CallAsync((string Member, SyncEndpoint Endpoint)[] members)
    {
        await _attempt.ConfigureAwait(false);
        ServerShell server = await ServerAsync().ConfigureAwait(false);
        await server.CallMembersAsync(settings.Plan.Group, members, onRefused: null, _stopping.Token).ConfigureAwait(false);
    }
}
