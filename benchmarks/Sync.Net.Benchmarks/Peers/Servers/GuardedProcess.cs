using System.ComponentModel;
using System.Diagnostics;

namespace Sync.Net.Benchmarks.Peers.Servers;

/// <summary>
/// A process below native/guard.c, which ends it with its whole process group when this object is disposed, and also
/// when this process is killed.
/// </summary>
internal sealed class GuardedProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private readonly Process _guard;
    private readonly string _program;
    private readonly Task<string> _errors;
    private readonly Task<string> _output;

    private GuardedProcess(Process guard, string program)
    {
        _guard = guard;
        _program = program;
        _errors = guard.StandardError.ReadToEndAsync();
        _output = guard.StandardOutput.ReadToEndAsync();
    }

    public static GuardedProcess Start(string guard, string program, IEnumerable<string> words)
    {
        var start = new ProcessStartInfo(guard, [program, .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            return new GuardedProcess(Process.Start(start)!, program);
        }
        catch (Win32Exception e)
        {
            throw new PeerUnavailableException($"'{guard}' can't be started: {e.Message}", e);
        }
    }

    public bool HasExited => _guard.HasExited;

    /// <summary>What it said before it ended.</summary>
    public async Task<string> LastWordsAsync()
    {
        string text = $"{await _errors.WaitAsync(EndLimit)}\n{await _output.WaitAsync(EndLimit)}";
        string[] lines = [.. text.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line))];
        return string.Join('\n', lines.TakeLast(5));
    }

    public async Task WaitForSuccessAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        await _guard.WaitForExitAsync(deadline.Token);
        if (_guard.ExitCode != 0)
            throw new InvalidOperationException($"'{_program}' ended with {_guard.ExitCode}: {await LastWordsAsync()}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_guard.HasExited)
        {
            _guard.StandardInput.Close();
            using var limit = new CancellationTokenSource(EndLimit);
            try
            {
                await _guard.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _guard.Kill(entireProcessTree: true);
            }
        }
        _guard.Dispose();
    }
}
