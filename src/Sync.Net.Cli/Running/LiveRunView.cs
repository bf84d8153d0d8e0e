using Spectre.Console;
using Spectre.Console.Rendering;
using Sync.Net.Runner;

namespace Sync.Net.Cli.Running;

/// <summary>A live picture on a terminal: who runs, who waits for whom, and for how long.</summary>
internal sealed class LiveRunView : RunView
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly RunPicture _picture = new();
    private readonly string _folder;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _drawing;
    private RunResult? _result;

    public LiveRunView(string folder)
    {
        _folder = folder;
        _drawing = DrawAsync();
    }

    public override void Tell(RunEvent happened)
    {
        lock (_gate) _picture.Apply(happened);
        // What must be copied by hand may not be cut to a table's width.
        if (happened is WorkerAwaited) foreach (string line in RunLines.Of(happened, _folder)) AnsiConsole.Console.Write(new Text(line + "\n"));
        if (happened is RunEnded ended) _result = ended.Result;
    }

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _drawing;
        _stop.Dispose();
        if (_result is not { } result) return;
        foreach (string line in RunLines.OfRun(result, _folder)) AnsiConsole.Console.Write(new Text(line + "\n"));
    }

    private Task DrawAsync() => AnsiConsole.Live(Draw()).AutoClear(false).StartAsync(async context =>
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token)) context.UpdateTarget(Draw());
        }
        catch (OperationCanceledException)
        {
            context.UpdateTarget(Draw());
        }
    });

    private Table Draw()
    {
        IReadOnlyList<RunPicture.Row> rows;
        lock (_gate) rows = _picture.Rows(DateTimeOffset.UtcNow);
        Table table = new Table().Border(TableBorder.Rounded).Expand().AddColumns("member", "state", "since", "last line");
        foreach (RunPicture.Row row in rows)
        {
            table.AddRow(Cell(row.Member), new Text(row.State, ColorOf(row.Tone)), Cell(row.Since), Cell(row.LastLine));
        }
        return table;
    }

    private static Text Cell(string text) => new(text) { Overflow = Overflow.Ellipsis };

    private static Style ColorOf(RunPicture.Tone tone) => new(tone switch
    {
        RunPicture.Tone.Good => Color.Green,
        RunPicture.Tone.Bad => Color.Red,
        RunPicture.Tone.Waiting => Color.Yellow,
        _ => Color.Default,
    });
}
