using System.Collections.Concurrent;
using System.Globalization;

namespace Sync.Net.Runner.Hosts;

/// <summary>A host reached by the system's ssh, with the user's own configuration, agent and jump hosts, or a given configuration.</summary>
internal sealed class SshHost(string destination, string? configuration) : RunHost(destination)
{
    /// <summary>How many connections to one host begin at once: sshd drops beginners above 10 (MaxStartups).</summary>
    private const int MostBeginning = 4;

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> _beginning = new(StringComparer.Ordinal);

    public string? Configuration { get; } = configuration;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Held while a connection begins.</summary>
    public SemaphoreSlim Beginning => _beginning.GetOrAdd($"{Name}\n{Configuration}", _ => new SemaphoreSlim(MostBeginning, MostBeginning));

    /// <summary>By ssh's own account of where it would connect to, which connects to nobody. Behind a jump host or a proxy the same name is another machine.</summary>
    internal override bool HasLoopbackOfThisMachine => SshTarget.IsThisMachine(Name, Configuration);

    /// <summary>Begins a connection in which a line of shell runs there.</summary>
    /// <param name="line">For a POSIX shell, whatever the user's own is.</param>
    /// <param name="lease">How soon a dead link must show.</param>
    public SshConnection Connect(string line, TimeSpan lease)
    {
        int alive = (int)Math.Clamp(lease.TotalSeconds / 6, 1, 5);
        int connect = (int)Math.Clamp(lease.TotalSeconds / 3, 2, 10);
        List<string> words =
        [
            "-o", "BatchMode=yes",
            "-o", string.Create(CultureInfo.InvariantCulture, $"ConnectTimeout={connect}"),
            "-o", string.Create(CultureInfo.InvariantCulture, $"ServerAliveInterval={alive}"),
            "-o", "ServerAliveCountMax=3",
            "-T",
        ];
        if (Configuration is { } file) words.InsertRange(0, ["-F", file]);
        return SshConnection.Start([.. words, "--", Name, $"exec sh -c {ShellWords.Quote(line)}"], Name);
    }

    internal override async Task<Worker> StartAsync(WorkerStart start, CancellationToken cancellationToken)
    {
        foreach (string file in start.Files) FilePatterns.RequireFile(file, start.Member);
        string marker = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (start.Files.Count == 0) limit.CancelAfter(StartPatience);
        await Beginning.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await UnpackAsync(start, marker, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HostException($"Member '{start.Member}': host '{Name}' did not start it within {StartPatience.TotalSeconds} s.", e);
        }
        finally
        {
            Beginning.Release();
        }

        return new SshWorker(this, start, marker);
    }

    private async Task UnpackAsync(WorkerStart start, string marker, CancellationToken cancellationToken)
    {
        // mkdir refuses what is there already, so nobody can put a folder or a link in its way.
        string home = SshWorker.Home(start.Cookie);
        string unpack = $"tar xof - && [ -e {SshBundle.Last} ] && echo mask=$mask >> plan && sh ./agent start";
        string line = $"mask=$(umask); umask 077; mkdir {home} && cd {home} && {{ {unpack} || {{ cd / && rm -rf {home}; }}; }}";
        SshConnection connection = Connect(line, start.LostRunnerTimeout);
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                await SshBundle.WriteAsync(connection.Input, start, marker, cancellationToken).ConfigureAwait(false);
                connection.Input.Close();
            }
            catch (IOException)
            {
                // It ended before it had read all; it says why.
            }

            string? answer = await connection.AnswerAsync(start.Cookie, cancellationToken).ConfigureAwait(false);
            if (answer == "started") return;
            if (answer is not null) throw new HostException($"Member '{start.Member}': host '{Name}' refused: {answer.Replace("refused ", "", StringComparison.Ordinal)}.");
            throw new HostException(
                $"Member '{start.Member}': host '{Name}' can't be used by ssh: {await connection.LastErrorAsync(Time, cancellationToken).ConfigureAwait(false)}. " +
                $"This must work first, without asking anything: ssh {(Configuration is { } f ? $"-F {ShellWords.Quote(f)} " : "")}-o BatchMode=yes {ShellWords.Quote(Name)} true");
        }
    }
}
