using System.Diagnostics;
using System.Globalization;
using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Workers;

/// <summary>
/// Two hosts with a network between them: the second runs a real sshd, and ssh reaches it from the first, through a proxy command of
/// its configuration, as it would through a jump host.
/// </summary>
internal sealed class SshLab : IAsyncDisposable
{
    public const string Host = "target";

    private const string Sshd = "/usr/sbin/sshd";
    private const int Port = 2222;

    private readonly string _folder = Directory.CreateTempSubdirectory("ssh-lab-").FullName;
    private Process? _sshd;

    private SshLab(NetworkLab network) => Network = network;

    public NetworkLab Network { get; }

    public NetworkHost Target => Network.Hosts[1];

    /// <summary>The configuration for ssh; <see cref="Host"/> is the sshd's name in it.</summary>
    public string Configuration => Path.Combine(_folder, "ssh_config");

    public static async Task<SshLab> CreateAsync()
    {
        Assert.SkipUnless(File.Exists(Sshd), "There is no sshd (Debian: openssh-server).");
        Assert.SkipUnless(Shell.Exists("ssh") && Shell.Exists("bash"), "There is no ssh client, or no bash.");
        SshLab lab = new(await NetworkLab.CreateAsync(hosts: 2));
        try
        {
            await lab.StartAsync();
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>The command lines of all processes; a secret must be in none.</summary>
    public static string CommandLines() => string.Join('\n', Directory.EnumerateDirectories("/proc").Select(f => Path.Combine(f, "cmdline")).Select(Read));

    /// <summary>The ssh clients of the lab that run now.</summary>
    public IEnumerable<int> Clients() => Directory.EnumerateDirectories("/proc")
        .Where(f => Read(Path.Combine(f, "cmdline")) is var line && line.StartsWith("ssh\0", StringComparison.Ordinal) && line.Contains(Configuration, StringComparison.Ordinal))
        .Select(f => int.Parse(Path.GetFileName(f), CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        if (_sshd is { HasExited: false }) _sshd.Kill(entireProcessTree: true);
        _sshd?.Dispose();
        await Network.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private async Task StartAsync()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        foreach (string key in new[] { "host", "user" })
        {
            ProgramRun made = await Shell.RunAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", Path.Combine(_folder, key)], TimeSpan.FromSeconds(30));
            Assert.True(made.ExitCode == 0, made.Error);
        }

        string hostKey = (await File.ReadAllTextAsync(Path.Combine(_folder, "host.pub"), cancellationToken)).Trim();
        await File.WriteAllTextAsync(Path.Combine(_folder, "known_hosts"), $"[{Target.V4}]:{Port} {hostKey}\n", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "sshd_config"), $"""
            Port {Port}
            ListenAddress {Target.V4}
            HostKey {_folder}/host
            AuthorizedKeysFile {_folder}/user.pub
            PermitRootLogin prohibit-password
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            UsePAM no
            StrictModes no
            PidFile none
            PrintMotd no

            """, cancellationToken);
        await File.WriteAllTextAsync(Configuration, $"""
            Host {Host}
              HostName {Target.V4}
            Host *
              Port {Port}
              User root
              IdentityFile {_folder}/user
              IdentitiesOnly yes
              StrictHostKeyChecking yes
              UserKnownHostsFile {_folder}/known_hosts
              ProxyCommand ip netns exec {Network.Hosts[0].Namespace} bash -c 'exec 3<>/dev/tcp/%h/%p || exit 1; cat <&3 & cat >&3; kill $!'

            """, cancellationToken);
        Directory.CreateDirectory("/run/sshd");
        _sshd = Process.Start(new ProcessStartInfo(Target.Prefix[0], [.. Target.Prefix.Skip(1), Sshd, "-D", "-e", "-f", Path.Combine(_folder, "sshd_config")]) { RedirectStandardError = true })!;
        string? line;
        do line = await _sshd.StandardError.ReadLineAsync(cancellationToken).AsTask().Within(TimeSpan.FromSeconds(30), what: "sshd");
        while (line is not null && !line.StartsWith("Server listening", StringComparison.Ordinal));
        Assert.NotNull(line);
        _ = _sshd.StandardError.ReadToEndAsync(CancellationToken.None);
    }
}
