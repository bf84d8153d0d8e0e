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

    /// <summary>What it prints, up to a text.</summary>
    public async Task<string> UntilAsync(string text)
    {
        char[] one = new char[1];
        while (!_output.EndsWith(text, StringComparison.Ordinal))
        {
            int read = await _process.StandardOutput.ReadAsync(one, TestContext.Current.CancellationToken).AsTask().Within(Bounded.Limit, () => _output, $"{_line}: {text}");
            Assert.True(read == 1, $"'{text}' was never printed: {_output}");
            _output += one[0];
        }
        return _output;
    }

    /// <summary>What a user types.</summary>
    public async Task TypeAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
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
