using System.Diagnostics;
using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Cli;

/// <summary>A running process with its output.</summary>
internal sealed class Command : IAsyncDisposable
{
    private readonly string _line;
    private readonly Process _process;
    private readonly Task<string> _errors;
    private string _output = "";

    public Command(string line, Process process)
    {
        _line = line;
        _process = process;
        _errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    public int Pid => _process.Id;

    public string Errors => _errors.IsCompletedSuccessfully ? _errors.Result : "(runs)";

    /// <summary>Gives it its whole standard input.</summary>
    public async Task<Command> GiveAsync(byte[] input)
    {
        await _process.StandardInput.BaseStream.WriteAsync(input, TestContext.Current.CancellationToken);
        _process.StandardInput.Close();
        return this;
    }

    public async Task<string> FirstLineAsync()
    {
        string line = await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().Within(Bounded.Limit, what: _line) ?? "";
        _output += line + "\n";
        return line;
    }

    public async Task<ProgramRun> EndAsync()
    {
        Task<string> output = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).Within(Bounded.Limit, what: _line);
        return new ProgramRun(_process.ExitCode, _output + await output, await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
