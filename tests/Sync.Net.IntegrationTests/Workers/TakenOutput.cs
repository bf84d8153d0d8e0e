using System.Text;

namespace Sync.Net.IntegrationTests.Workers;

/// <summary>Takes a worker's output, as the engine does.</summary>
internal sealed class TakenOutput
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly List<(string Text, TaskCompletionSource Came)> _awaited = [];

    public string Output { get { lock (_output) return _output.ToString(); } }

    public string Error { get { lock (_output) return _error.ToString(); } }

    /// <summary>Is awaited before each piece is taken.</summary>
    public Func<ValueTask> Pace { get; set; } = () => default;

    public async ValueTask TakeAsync(ReadOnlyMemory<byte> piece, bool isError)
    {
        await Pace();
        lock (_output)
        {
            (isError ? _error : _output).Append(Encoding.UTF8.GetString(piece.Span));
            string all = _output.ToString();
            foreach ((string text, TaskCompletionSource came) in _awaited) if (all.Contains(text, StringComparison.Ordinal)) came.TrySetResult();
        }
    }

    /// <summary>Ends when the text has come on standard output.</summary>
    public Task CameAsync(string text)
    {
        TaskCompletionSource came = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_output)
        {
            if (_output.ToString().Contains(text, StringComparison.Ordinal)) came.SetResult();
            else _awaited.Add((text, came));
        }

        return came.Task;
    }
}
