using System.Diagnostics;
using System.Globalization;
using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Workers;

/// <summary>
/// Hosts with a network between them: all but the first run a real sshd each, with a host key of its own, and ssh reaches them from the first,
/// through a proxy command of its configuration, as it would through a jump host.
/// </summary>
internal sealed class SshLab : IAsyncDisposable
{
    public const string Host = "target";

    private const string Sshd = "/usr/sbin/sshd";
    private const int Port = 2222;

    private readonly string _folder = Directory.CreateTempSubdirectory("ssh-lab-").FullName;
    private readonly List<Process> _daemons = [];

    private readonly string _setting;

    private SshLab(NetworkLab network, string setting) => (Network, _setting) = (network, setting);

    public NetworkLab Network { get; }

    public NetworkHost Target => Network.Hosts[1];

    /// <summary>The hosts with an sshd.</summary>
    public IEnumerable<NetworkHost> Targets => Network.Hosts.Skip(1);

    /// <summary>What they are called in the configuration: <see cref="Host"/>, then with a number behind.</summary>
    public IEnumerable<string> Names => Targets.Select((_, i) => NameOf(i));

    /// <summary>The configuration for ssh.</summary>
    public string Configuration => Path.Combine(_folder, "ssh_config");

    /// <param name="targets">How many hosts with an sshd there are.</param>
    /// <param name="setting">Another line of each sshd's configuration.</param>
    public static async Task<SshLab> CreateAsync(int targets = 1, string setting = "")
    {
        Assert.SkipUnless(File.Exists(Sshd), "There is no sshd (Debian: openssh-server).");
        Assert.SkipUnless(Shell.Exists("ssh") && Shell.Exists("bash"), "There is no ssh client, or no bash.");
        SshLab lab = new(await NetworkLab.CreateAsync(hosts: 1 + targets), setting);
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
        foreach (Process daemon in _daemons)
        {
            if (!daemon.HasExited) daemon.Kill(entireProcessTree: true);
            daemon.Dispose();
        }

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

    private static string NameOf(int target) => target == 0 ? Host : string.Create(CultureInfo.InvariantCulture, $"{Host}{target + 1}");

    private async Task StartAsync()
    {
        await MakeKeyAsync("user");
        await ConfigureClientAsync();
        Directory.CreateDirectory("/run/sshd");
        foreach ((string name, NetworkHost target) in Names.Zip(Targets)) await StartDaemonAsync(name, target);
    }

    private async Task MakeKeyAsync(string file)
    {
        ProgramRun made = await Shell.RunAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", Path.Combine(_folder, file)], TimeSpan.FromSeconds(30));
        Assert.True(made.ExitCode == 0, made.Error);
    }

    private Task ConfigureClientAsync() => File.WriteAllTextAsync(Configuration, $"""
        {string.Concat(Names.Zip(Targets).Select(static each => $"Host {each.First}\n  HostName {each.Second.V4}\n"))}
        Host *
          Port {Port}
          User root
          IdentityFile {_folder}/user
          IdentitiesOnly yes
          StrictHostKeyChecking yes
          UserKnownHostsFile {_folder}/known_hosts
          ProxyCommand ip netns exec {Network.Hosts[0].Namespace} bash -c 'exec 3<>/dev/tcp/%h/%p || exit 1; cat <&3 & cat >&3; kill $!'

        """, TestContext.Current.CancellationToken);

    private async Task StartDaemonAsync(string name, NetworkHost target)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await MakeKeyAsync(name);
        string hostKey = (await File.ReadAllTextAsync(Path.Combine(_folder, $"{name}.pub"), cancellationToken)).Trim();
        await File.AppendAllTextAsync(Path.Combine(_folder, "known_hosts"), $"[{target.V4}]:{Port} {hostKey}\n", cancellationToken);
        string configuration = Path.Combine(_folder, $"sshd_{name}");
        await File.WriteAllTextAsync(configuration, $"""
            Port {Port}
            ListenAddress {target.V4}
            HostKey {_folder}/{name}
            AuthorizedKeysFile {_folder}/user.pub
            PermitRootLogin prohibit-password
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            UsePAM no
            StrictModes no
            PidFile none
            PrintMotd no
            {_setting}

            """, cancellationToken);
        Process daemon = Process.Start(new ProcessStartInfo(target.Prefix[0], [.. target.Prefix.Skip(1), Sshd, "-D", "-e", "-f", configuration]) { RedirectStandardError = true })!;
        _daemons.Add(daemon);
        string? line;
        do line = await daemon.StandardError.ReadLineAsync(cancellationToken).AsTask().Within(TimeSpan.FromSeconds(30), what: "sshd");
        while (line is not null && !line.StartsWith("Server listening", StringComparison.Ordinal));
        Assert.NotNull(line);
        _ = daemon.StandardError.ReadToEndAsync(CancellationToken.None);
    }
}
