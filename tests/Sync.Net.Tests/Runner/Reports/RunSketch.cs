using Sync.Net.Runner;

namespace Sync.Net.Tests.Runner.Reports;

/// <summary>A run's result, written down in seconds since it began.</summary>
internal sealed class RunSketch(string name)
{
    public static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private readonly List<MemberResult> _members = [];
    private readonly List<WaitRecord> _waits = [];
    private readonly List<MemberChange> _changes = [];

    public static DateTimeOffset At(double seconds) => Start.AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));

    public RunSketch Member(
        string id,
        string? role = null,
        string host = "local",
        double? from = 0,
        double? to = null,
        Verdict verdict = Verdict.Pass,
        string? reason = null,
        FailureShare share = FailureShare.None,
        int? exit = null,
        int? signal = null,
        ClockOffset? clock = null,
        string? command = null,
        IReadOnlyDictionary<string, string>? values = null)
    {
        _members.Add(new MemberResult
        {
            Number = _members.Count + 1,
            Member = id,
            Role = role,
            Host = host,
            Command = command,
            Verdict = verdict,
            Reason = reason,
            Share = share,
            ExitCode = exit ?? (signal is null && verdict == Verdict.Pass ? 0 : null),
            Signal = signal,
            Started = from is { } started ? At(started) : null,
            Ended = to is { } ended ? At(ended) : null,
            Clock = clock,
            Values = values ?? new Dictionary<string, string>(),
        });
        return this;
    }

    /// <summary>A wait that was met.</summary>
    public RunSketch Met(string member, double from, double to, string session, string? last = null, long generation = 1, string kind = "barrier", string act = "meet")
    {
        _waits.Add(new WaitRecord
        {
            Member = member,
            Kind = kind,
            Session = session,
            Act = act,
            Generation = generation,
            Began = At(from),
            Ended = At(to),
            IsMet = true,
            Outcome = "released",
            Straggler = last,
        });
        return this;
    }

    /// <summary>A wait that was not met; <paramref name="to"/> null: still open.</summary>
    public RunSketch Unmet(
        string member,
        double from,
        double? to,
        string session,
        string outcome,
        string? culprit = null,
        string[]? missing = null,
        string? text = null,
        long generation = 1,
        string kind = "barrier",
        string act = "meet")
    {
        _waits.Add(new WaitRecord
        {
            Member = member,
            Kind = kind,
            Session = session,
            Act = act,
            Generation = generation,
            Began = At(from),
            Ended = to is { } ended ? At(ended) : null,
            Outcome = outcome,
            Culprit = culprit,
            Missing = missing ?? [],
            Text = text,
        });
        return this;
    }

    public RunSketch Change(string member, double at, MemberState state, string? reason = null)
    {
        _changes.Add(new MemberChange(At(at), member, state, reason));
        return this;
    }

    public RunResult Ends(double at, Verdict verdict = Verdict.Pass, string? reason = null) => new()
    {
        Name = name,
        Group = "run-1",
        Verdict = verdict,
        Reason = reason,
        Started = Start,
        Ended = At(at),
        Members = _members,
        Waits = _waits,
        Changes = _changes,
    };
}
