using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.TestMember.Targets;

internal sealed class DataTarget<T>(Command made, ILoggerFactory logs, SyncServer? server, Func<string, T> parse, Func<T, string> print)
    : ITarget
    where T : notnull
{
    private readonly SyncData<T> _data = new(
        made.MasterId!,
        made.HostId!,
        made.Roster!,
        made.Session!,
        OptionMapping.Span(made.TimeoutMs),
        OptionMapping.ToMemberOptions(made.Options, logs),
        server);

    public async Task<CallResult> CallAsync(Command command, CancellationToken cancellationToken)
    {
        TimeSpan? timeout = OptionMapping.Span(command.TimeoutMs);
        switch (command.Op)
        {
            case Ops.Sync:
                return Print(await _data.SyncAsync(parse(command.Data!), timeout, command.Session, command.From, cancellationToken));
            case Ops.Read:
                return Print(await _data.ReadAsync(timeout, command.Session, command.From, cancellationToken));
            case Ops.SingleSync:
                return Print(await _data.SingleSyncAsync(parse(command.Data!), timeout, command.Session, cancellationToken));
            case Ops.Abort:
                await _data.AbortAsync(command.Reason!, command.Session, cancellationToken);
                return new CallResult();
            case Ops.Loop:
                return new CallResult { Rounds = await LoopAsync(command.Count, cancellationToken) };
            case Ops.Many:
                return new CallResult { Rounds = await ManyAsync(command.Count, cancellationToken) };
            default:
                throw new NotSupportedException($"An exchange has no '{command.Op}'.");
        }
    }

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    private CallResult Print(SyncResult<T> result) => ResultMapping.From(result, print);

    /// <summary>The same session in rounds; each member gives the round's number, so a value of another round is seen.</summary>
    private async Task<RoundFacts> LoopAsync(int count, CancellationToken cancellationToken)
    {
        RoundFacts facts = new(0, 0, 0, 0);
        for (int i = 0; i < count; i++)
        {
            long begun = Stopwatch.GetTimestamp();
            long generation = await ExchangeAsync(i.ToString(CultureInfo.InvariantCulture), sessionId: null, cancellationToken);
            facts = facts.With(generation, Stopwatch.GetElapsedTime(begun));
        }

        return facts;
    }

    /// <summary>Many sessions at once, begun from several threads; each member gives the session's own name.</summary>
    private async Task<RoundFacts> ManyAsync(int count, CancellationToken cancellationToken)
    {
        long begun = Stopwatch.GetTimestamp();
        long[] generations = await Task.WhenAll(Enumerable.Range(0, count).Select(i =>
        {
            string number = i.ToString(CultureInfo.InvariantCulture);
            return Task.Run(() => ExchangeAsync(number, "many-" + number, cancellationToken), cancellationToken);
        }));
        return new RoundFacts(generations.Min(), generations.Max(), count, Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
    }

    private async Task<long> ExchangeAsync(string text, string? sessionId, CancellationToken cancellationToken)
    {
        SyncResult<T> result = await _data.SyncAsync(parse(text), sessionId: sessionId, cancellationToken: cancellationToken);
        if (result.Count != made.Roster!.Count || result.Values.Any(value => print(value) != text))
            throw new InvalidDataException($"'{text}' was given, and {string.Join(", ", result.Values.Select(print))} came back.");
        return result.Meeting.Generation;
    }
}
