using Sync.Net.Runner.Results;

namespace Sync.Net.Runner.Engine;

/// <summary>Takes what a worker writes: whole into its file, by lines to the run; the worker waits while there is no room.</summary>
/// <param name="file">Null where no results are kept.</param>
/// <param name="take">Takes lines; ends when there is room for more.</param>
internal sealed class WorkerOutput(OutputFile? file, Func<IReadOnlyList<string>, bool, bool, Task> take) : IAsyncDisposable
{
    private readonly LineSplitter _output = new();
    private readonly LineSplitter _errors = new();
    private readonly SemaphoreSlim _gate = new(1);
    private bool _isDisposed;

    /// <summary>Why not all of it is in the file; null if it is.</summary>
    public string? Fault { get; private set; }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, bool isError)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_isDisposed) return;
            await KeepAsync(file => file.WriteAsync(bytes)).ConfigureAwait(false);
            var lines = new List<string>();
            (isError ? _errors : _output).Add(bytes.Span, lines);
            if (lines.Count > 0) await take(lines, isError, file?.IsOver == true).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Hands over what has no end of line, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        if (!_isDisposed)
        {
            _isDisposed = true;
            if (_output.Rest() is { } rest) await take([rest], false, file?.IsOver == true).ConfigureAwait(false);
            if (_errors.Rest() is { } error) await take([error], true, file?.IsOver == true).ConfigureAwait(false);
            await KeepAsync(static file => file.DisposeAsync()).ConfigureAwait(false);
        }
        _gate.Release();
    }

    /// <summary>A full disk is no fault of the worker, which must go on.</summary>
    private async ValueTask KeepAsync(Func<OutputFile, ValueTask> act)
    {
        if (file is null || Fault is not null) return;
        try
        {
            await act(file).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            Fault = $"its output could not be written: {e.Message}";
        }
    }
}
