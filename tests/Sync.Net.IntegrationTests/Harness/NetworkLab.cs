using System.Globalization;
using System.Text.RegularExpressions;

namespace Sync.Net.IntegrationTests.Harness;

/// <summary>
/// Hosts as network namespaces, each with one link to a switch (a bridge in a namespace of its own). A link is cut at the
/// switch, so that a host sees what a pulled cable or a switch that died shows it.
/// </summary>
internal sealed partial class NetworkLab : IAsyncDisposable
{
    private const string Prefix = "snt";
    private static int _labs;

    private readonly string _name;
    private readonly List<NetworkHost> _hosts = [];

    private NetworkLab(string name) => _name = name;

    public IReadOnlyList<NetworkHost> Hosts => _hosts;

    private string Switch => _name + "s";

    /// <summary>Skips the test where namespaces can't be made; .ci/allowed-skips names the tests that may be.</summary>
    public static async Task<NetworkLab> CreateAsync(int hosts)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Making network namespaces takes root.");
        Assert.SkipUnless(Shell.Exists("ip"), "Making network namespaces takes iproute2.");
        await SweepAsync();
        NetworkLab lab = new(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}x{Interlocked.Increment(ref _labs)}"));
        try
        {
            await Shell.RunAsync($"ip netns add {lab.Switch}");
            await Shell.RunAsync($"ip -n {lab.Switch} link add br0 type bridge");
            await Shell.RunAsync($"ip -n {lab.Switch} link set br0 up");
            for (int i = 1; i <= hosts; i++) await lab.AddHostAsync(i);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Pulls the host's cable; its connections stay, and hear nothing.</summary>
    public Task CutAsync(NetworkHost host) => Shell.RunAsync($"ip -n {Switch} link set {host.Link} down");

    public Task MendAsync(NetworkHost host) => Shell.RunAsync($"ip -n {Switch} link set {host.Link} up");

    /// <summary>Pulls the host's cable, and plugs it in again so long after.</summary>
    public async Task CutForAsync(NetworkHost host, int seconds)
    {
        string link = $"ip -n {Switch} link set {host.Link}";
        ProgramRun cut = await Shell.RunAsync("sh", ["-c", $"{link} down && sleep {seconds.ToString(CultureInfo.InvariantCulture)} && {link} up"], TimeSpan.FromSeconds(seconds + 30));
        Assert.True(cut.ExitCode == 0, cut.Error);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (NetworkHost host in _hosts) await Shell.TryRunAsync($"ip netns del {host.Namespace}");
        await Shell.TryRunAsync($"ip netns del {Switch}");
    }

    private async Task AddHostAsync(int number)
    {
        NetworkHost host = new(
            string.Create(CultureInfo.InvariantCulture, $"{_name}h{number}"),
            string.Create(CultureInfo.InvariantCulture, $"port{number}"),
            string.Create(CultureInfo.InvariantCulture, $"10.77.0.{number}"),
            string.Create(CultureInfo.InvariantCulture, $"fd77::{number}"));
        await Shell.RunAsync($"ip netns add {host.Namespace}");
        _hosts.Add(host);
        await Shell.RunAsync($"ip -n {host.Namespace} link set lo up");
        await Shell.RunAsync($"ip -n {host.Namespace} link add eth0 type veth peer name {host.Link} netns {Switch}");
        await Shell.RunAsync($"ip -n {Switch} link set {host.Link} master br0 up");
        await Shell.RunAsync($"ip -n {host.Namespace} address add {host.V4}/24 dev eth0");
        await Shell.RunAsync($"ip -n {host.Namespace} address add {host.V6}/64 dev eth0 nodad");
        await Shell.RunAsync($"ip -n {host.Namespace} link set eth0 up");
    }

    /// <summary>Removes what a test process left behind that was killed.</summary>
    private static async Task SweepAsync()
    {
        string list = await Shell.RunAsync("ip netns list");
        foreach (Match match in OwnName().Matches(list))
        {
            if (!Directory.Exists("/proc/" + match.Groups["pid"].Value)) await Shell.TryRunAsync($"ip netns del {match.Value}");
        }
    }

    [GeneratedRegex($@"\b{Prefix}(?<pid>\d+)x\d+(s|h\d+)\b", RegexOptions.CultureInvariant)]
    private static partial Regex OwnName();
}
