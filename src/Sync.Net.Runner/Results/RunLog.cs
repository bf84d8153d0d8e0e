namespace Sync.Net.Runner.Results;

/// <summary>What happened in a run, a line each, in the order in which the runner learned of it.</summary>
internal sealed class RunLog(string path) : IAsyncDisposable
{
    /// <summary>A smaller difference of clocks than this is not worth a look.</summary>
    private static readonly TimeSpan Notable = TimeSpan.FromMilliseconds(50);

    private readonly StreamWriter _writer = new(path) { NewLine = "\n" };
    private readonly Dictionary<string, MemberText> _members = new(StringComparer.Ordinal);

    /// <summary>From here on a member's lines stand in its own file alone.</summary>
    public void LeaveOut(string member)
    {
        MemberText text = Of(member);
        if (text.IsLeftOut) return;
        text.IsLeftOut = true;
        _writer.WriteLine($"{member}| [… more output than is kept here: see its own file …]");
    }

    /// <summary>From here on a member's lines also tell its host's time, if that differs.</summary>
    public void SetClock(string member, ClockOffset clock) => Of(member).Clock = clock;

    public void Write(RunEvent happened)
    {
        if (happened is WorkerLine { Member: var member } && Of(member).IsLeftOut) return;
        if (RunLogText.Of(happened) is not { } text) return;
        _writer.WriteLine($"{RunLogText.Time(happened.At)} {HostTime(happened)}{text}");
        // Whoever follows the file sees each thing that is not output at once.
        if (happened is not WorkerLine) _writer.Flush();
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private string HostTime(RunEvent happened) => happened is WorkerLine line && Of(line.Member).Clock is { } clock && clock.Offset.Duration() > Notable + clock.Error
        ? $"({RunLogText.Time(line.At + clock.Offset)} there) "
        : "";

    private MemberText Of(string member)
    {
        if (!_members.TryGetValue(member, out MemberText? text)) _members.Add(member, text = new MemberText());
        return text;
    }

    private sealed class MemberText
    {
        public bool IsLeftOut { get; set; }

        public ClockOffset? Clock { get; set; }
    }
}
