using System.Globalization;
using Sync.Net.Runner;

namespace Sync.Net.Cli.Running;

/// <summary>What is known of a run's members at the moment.</summary>
internal sealed class RunPicture
{
    private readonly Dictionary<string, Side> _sides = new(StringComparer.Ordinal);

    public enum Tone
    {
        Plain,
        Good,
        Bad,
        Waiting,
    }

    /// <summary>One member: what it does, for how long.</summary>
    public sealed record Row(string Member, string State, Tone Tone, string Since, string LastLine);

    public void Apply(RunEvent happened)
    {
        switch (happened)
        {
            case RunBegan began:
                foreach (string member in began.Members) _sides.TryAdd(member, new Side(began.At));
                break;
            case WorkerBegan { Member: var member }:
                Of(member, happened.At).Become("runs", Tone.Plain, happened.At);
                break;
            case WorkerAwaited { Member: var member }:
                Of(member, happened.At).Become("to be started by hand", Tone.Waiting, happened.At);
                break;
            case WorkerLine line:
                Of(line.Member, happened.At).LastLine = line.Text;
                break;
            case WaitBegan { Wait: var wait }:
                Of(wait.Member, happened.At).Waits.Add(wait);
                break;
            case WaitEnded { Wait: var wait }:
                Of(wait.Member, happened.At).Waits.RemoveAll(each => each.Began == wait.Began && each.Session == wait.Session);
                break;
            case MemberChanged { Change: { State: MemberState.Lost or MemberState.Left or MemberState.Failed } change }:
                Of(change.Member, happened.At).Waits.Clear();
                break;
            case WorkerEnded { Result: var result }:
                bool isGood = result.Verdict is Verdict.Pass or Verdict.Warn or Verdict.Skip;
                Of(result.Member, happened.At).End($"{RunLines.Word(result.Verdict)}{(result.Reason is null ? "" : $": {result.Reason}")}", isGood ? Tone.Good : Tone.Bad, happened.At);
                break;
        }
    }

    public IReadOnlyList<Row> Rows(DateTimeOffset now) => [.. _sides.Select(pair => RowOf(pair.Key, pair.Value, now))];

    private Row RowOf(string member, Side side, DateTimeOffset now)
    {
        if (side.Waits is not [var wait, ..]) return new Row(member, side.State, side.Tone, Elapsed(now - side.Since), side.LastLine);
        string[] others = [.. _sides.Where(pair => pair.Key != member && !pair.Value.IsOver && pair.Value.Waits.All(each => each.Session != wait.Session || each.Kind != wait.Kind)).Select(static pair => pair.Key)];
        string whom = others.Length == 0 ? "" : $"; not there: {string.Join(", ", others)}";
        return new Row(member, $"waits in {wait.Kind} '{wait.Session}'{whom}", Tone.Waiting, Elapsed(now - wait.Began), side.LastLine);
    }

    private Side Of(string member, DateTimeOffset at)
    {
        if (!_sides.TryGetValue(member, out Side? side)) _sides.Add(member, side = new Side(at));
        return side;
    }

    private static string Elapsed(TimeSpan time) => (time < TimeSpan.Zero ? TimeSpan.Zero : time).ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    private sealed class Side(DateTimeOffset since)
    {
        public string State { get; private set; } = "not started";

        public Tone Tone { get; private set; }

        public DateTimeOffset Since { get; private set; } = since;

        public bool IsOver { get; private set; }

        public string LastLine { get; set; } = "";

        public List<WaitRecord> Waits { get; } = [];

        public void Become(string state, Tone tone, DateTimeOffset at) => (State, Tone, Since) = (state, tone, at);

        public void End(string state, Tone tone, DateTimeOffset at)
        {
            Become(state, tone, at);
            IsOver = true;
            Waits.Clear();
        }
    }
}
