using System.Text;
using System.Threading.Channels;
using Sync.Net.Cli.Output;
using Sync.Net.Runner;

namespace Sync.Net.Cli.Running;

/// <summary>A line for each thing that happens, for logs and pipes.</summary>
/// <remarks>What came meanwhile is written at once: a call of the system for each line would make a flood of output ten times as slow.</remarks>
internal sealed class PlainRunView : RunView
{
    private const int MostWaiting = 4096;
    private const int MostAtOnce = 65536;

    private readonly Printer _output;
    private readonly string _folder;
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, SingleWriter = true });
    private readonly Task _writing;

    public PlainRunView(Printer output, string folder)
    {
        (_output, _folder) = (output, folder);
        _writing = Task.Run(WriteAsync);
    }

    public override void Tell(RunEvent happened)
    {
        foreach (string line in RunLines.Of(happened, _folder))
        {
            // Whoever reads sets the pace, of the run's workers too.
            if (!_lines.Writer.TryWrite(line)) _lines.Writer.WriteAsync(line).AsTask().GetAwaiter().GetResult();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAsync()
    {
        var text = new StringBuilder();
        try
        {
            while (await _lines.Reader.WaitToReadAsync())
            {
                text.Clear();
                while (text.Length < MostAtOnce && _lines.Reader.TryRead(out string? line)) text.Append(line).Append('\n');
                _output.Raw(text.ToString());
            }
        }
        catch (IOException e)
        {
            // Nobody reads it any more; the run goes on, and its results are in its folder.
            _lines.Writer.TryComplete(e);
            while (_lines.Reader.TryRead(out _)) { }
        }
    }
}
