using System.Collections.Concurrent;
using System.Diagnostics;
using Sync.Net.TestMember.Protocol;
using Sync.Net.TestMember.Targets;

namespace Sync.Net.TestMember;

/// <summary>The objects that the commands made, and the calls in flight on them.</summary>
internal sealed class Session(EventLog events) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ITarget> _targets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, CancellationTokenSource> _calls = new();
    private readonly ForwardingLoggerFactory _logs = new(events);

    /// <summary>Begins the command; it has called the library when this returns, unless the command makes a server.</summary>
    public void Start(Command command)
    {
        if (command.Op == Ops.Cancel)
        {
            if (_calls.TryGetValue(command.Call, out CancellationTokenSource? call)) call.Cancel();
            events.Write(new MemberEvent { Kind = EventKind.Done, Id = command.Id });
            return;
        }

        CancellationTokenSource source = new();
        _calls[command.Id] = source;
        long begun = Stopwatch.GetTimestamp();
        Task<CallResult> task = Begin(command, source.Token);
        events.Write(new MemberEvent { Kind = EventKind.Started, Id = command.Id });
        _ = ReportAsync(command.Id, task, begun, source);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ITarget target in _targets.Values.OrderBy(t => t is ServerTarget)) await target.DisposeAsync();
    }

    private async Task<CallResult> Begin(Command command, CancellationToken cancellationToken)
    {
        switch (command.Op)
        {
            case Ops.Server:
                ServerTarget server = await ServerTarget.StartAsync(command, _logs, cancellationToken);
                _targets[command.Target!] = server;
                return new CallResult { Endpoint = server.Server.Endpoint };
            case Ops.Group:
                _targets[command.Target!] = await GroupTarget.JoinAsync(command, _logs, cancellationToken);
                return new CallResult();
            case Ops.Barrier:
                _targets[command.Target!] = new BarrierTarget(command, _logs, ServerOf(command));
                return new CallResult();
            case Ops.Data:
                _targets[command.Target!] = DataTarget.Create(command, _logs, ServerOf(command));
                return new CallResult();
            case Ops.Dispose:
                await _targets[command.Target!].DisposeAsync();
                return new CallResult();
            default:
                return await _targets[command.Target!].CallAsync(command, cancellationToken);
        }
    }

    private SyncServer? ServerOf(Command command) =>
        command.Server is null ? null : ((ServerTarget)_targets[command.Server]).Server;

    private async Task ReportAsync(long id, Task<CallResult> task, long begun, CancellationTokenSource source)
    {
        try
        {
            CallResult result = await task;
            events.Write(new MemberEvent { Kind = EventKind.Done, Id = id, Result = result });
        }
#pragma warning disable CA1031 // Whatever the library throws is what the test asks about.
        catch (Exception e)
#pragma warning restore CA1031
        {
            CallFailure failure = FailureMapping.From(e, Stopwatch.GetElapsedTime(begun), source.Token);
            events.Write(new MemberEvent { Kind = EventKind.Failed, Id = id, Failure = failure });
        }
        finally
        {
            _calls.TryRemove(id, out _);
            source.Dispose();
        }
    }
}
