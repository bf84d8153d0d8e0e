using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.TestMember.Targets;

internal sealed class BarrierTarget(Command made, ILoggerFactory logs, SyncServer? server) : ITarget
{
    private readonly Barrier _barrier = new(
        made.HostId!,
        made.Session!,
        OptionMapping.Span(made.TimeoutMs),
        made.Roster,
        OptionMapping.ToMemberOptions(made.Options, logs),
        server);

    public async Task<CallResult> CallAsync(Command command, CancellationToken cancellationToken)
    {
        TimeSpan? timeout = OptionMapping.Span(command.TimeoutMs);
        switch (command.Op)
        {
            case Ops.Rendezvous:
                return ResultMapping.From(await Rendezvous(command, timeout, cancellationToken));
            case Ops.Try:
                return new CallResult { Met = await Try(command, timeout, cancellationToken) };
            case Ops.RendezvousServers:
                return ResultMapping.From(
                    await _barrier.RendezvousServersAsync(command.MasterId!, command.Roster!, timeout, cancellationToken));
            case Ops.Abort:
                await _barrier.AbortAsync(command.Reason!, command.Roster, cancellationToken);
                return new CallResult();
            case Ops.Loop:
                return new CallResult { Rounds = await LoopAsync(command.Count, timeout, cancellationToken) };
            default:
                throw new NotSupportedException($"A barrier has no '{command.Op}'.");
        }
    }

    public ValueTask DisposeAsync() => _barrier.DisposeAsync();

    private Task<RendezvousResult> Rendezvous(Command command, TimeSpan? timeout, CancellationToken cancellationToken) => command.Roster switch
    {
        { } roster => _barrier.RendezvousAsync(roster, timeout, cancellationToken),
        null when timeout is { } limit => _barrier.RendezvousAsync(limit, cancellationToken),
        null => _barrier.RendezvousAsync(cancellationToken),
    };

    private Task<bool> Try(Command command, TimeSpan? timeout, CancellationToken cancellationToken) => command.Roster switch
    {
        { } roster => _barrier.TryRendezvousAsync(roster, timeout, cancellationToken),
        null when timeout is { } limit => _barrier.TryRendezvousAsync(limit, cancellationToken),
        null => _barrier.TryRendezvousAsync(cancellationToken),
    };

    private async Task<RoundFacts> LoopAsync(int count, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        RoundFacts facts = new(0, 0, 0, 0);
        for (int i = 0; i < count; i++)
        {
            long begun = Stopwatch.GetTimestamp();
            RendezvousResult met = timeout is { } limit
                ? await _barrier.RendezvousAsync(limit, cancellationToken)
                : await _barrier.RendezvousAsync(cancellationToken);
            facts = facts.With(met.Generation, Stopwatch.GetElapsedTime(begun));
        }

        return facts;
    }
}
