using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Sync.Net.Runner.Hosts;

/// <summary>One run of the system's ssh.</summary>
internal sealed class SshConnection : IAsyncDisposable
{
    private const int LongestLine = 4096;

    private static readonly TimeSpan ErrorPatience = TimeSpan.FromMilliseconds(500);

    private readonly Process _process;
    private readonly BufferedStream _output;
    private readonly Task _errors;
    private volatile string _lastError = "";

    private SshConnection(Process process)
    {
        _process = process;
        _output = new BufferedStream(process.StandardOutput.BaseStream, SshAgent.PieceBytes);
        _errors = ReadErrorsAsync(process.StandardError);
    }

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _output;

    public static SshConnection Start(string[] words, string host)
    {
        ProcessStartInfo info = new("ssh", words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment.Remove(ProcessTree.Variable);
        try
        {
            return new SshConnection(Process.Start(info)!);
        }
        catch (Win32Exception e)
        {
            throw new HostException($"Host '{host}' can't be reached: the program ssh is missing here. Install OpenSSH's client.", e);
        }
    }

    /// <summary>The agent's next answer, behind whatever else the user's shell printed there; null if the connection ended without one.</summary>
    public async Task<string?> AnswerAsync(string cookie, CancellationToken cancellationToken)
    {
        string prefix = $"sync-net {cookie} ";
        while (await LineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            int at = line.IndexOf(prefix, StringComparison.Ordinal);
            if (at >= 0) return line[(at + prefix.Length)..].TrimEnd();
        }

        return null;
    }

    /// <summary>The next line; null at the end.</summary>
    public async Task<string?> LineAsync(CancellationToken cancellationToken)
    {
        byte[] line = new byte[LongestLine];
        for (int length = 0; ; length++)
        {
            if (await _output.ReadAsync(line.AsMemory(Math.Min(length, LongestLine - 1), 1), cancellationToken).ConfigureAwait(false) == 0) return null;
            if (line[Math.Min(length, LongestLine - 1)] == '\n') return Encoding.UTF8.GetString(line, 0, Math.Min(length, LongestLine - 1));
        }
    }

    /// <summary>What ssh said last, after its end. A jump command that it leaves behind may hold its output longer: nobody waits for that.</summary>
    public async Task<string> LastErrorAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAny(_errors, Task.Delay(ErrorPatience, time, cancellationToken)).ConfigureAwait(false);
        return _lastError.Length > 0 ? _lastError : string.Create(CultureInfo.InvariantCulture, $"it ended with {_process.ExitCode}");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
        }

        _process.Dispose();
    }

    private async Task ReadErrorsAsync(StreamReader reader)
    {
        try
        {
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line) if (line.Trim().Length > 0) _lastError = line.Trim().TrimEnd('.');
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }
}
