namespace Sync.Net.Runner.Results;

/// <summary>What happened in a run, a line each, in the order in which the runner learned of it.</summary>
internal sealed class RunLog(string path) : IAsyncDisposable
{
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

    public void Write(RunEvent happened)
    {
        if (happened is WorkerLine { Member: var member } && Of(member).IsLeftOut) return;
        if (RunLogText.Of(happened) is not { } text) return;
        _writer.WriteLine($"{RunLogText.Time(happened.At)} {text}");
        // Whoever follows the file sees each thing that is not output at once.
        if (happened is not WorkerLine) _writer.Flush();
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private MemberText Of(string member)
    {
        if (!_members.TryGetValue(member, out MemberText? text)) _members.Add(member, text = new MemberText());
        return text;
    }

    private sealed class MemberText
    {
        public bool IsLeftOut { get; set; }
    }
}
