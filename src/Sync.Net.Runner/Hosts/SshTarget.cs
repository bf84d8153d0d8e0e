using System.ComponentModel;
using System.Diagnostics;
using System.Net;

namespace Sync.Net.Runner.Hosts;

/// <summary>Where ssh would connect to, as its configuration says (<c>ssh -G</c>).</summary>
internal static class SshTarget
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A destination such as <c>localhost</c>, reached directly.</summary>
    public static bool IsThisMachine(string destination, string? configuration)
    {
        Dictionary<string, string> words = Read(destination, configuration);
        return words.TryGetValue("hostname", out string? host) && IsLoopback(host) && !IsSet("proxyjump") && !IsSet("proxycommand");

        bool IsSet(string name) => words.TryGetValue(name, out string? value) && !value.Equals("none", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsLoopback(string host) =>
        IPAddress.TryParse(host, out IPAddress? address) ? IPAddress.IsLoopback(address) : host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Empty where it can't be known: ssh is missing, or refuses its configuration.</summary>
    private static Dictionary<string, string> Read(string destination, string? configuration)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        string[] file = configuration is null ? [] : ["-F", configuration];
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("ssh", [.. file, "-T", "-G", "--", destination])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            process.StandardInput.Close();
            _ = process.StandardError.ReadToEndAsync();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return words;
            }
            foreach (string line in output.GetAwaiter().GetResult().Split('\n'))
            {
                if (line.Split(' ', 2) is [var name, var value]) words.TryAdd(name, value.Trim());
            }
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            words.Clear();
        }
        return words;
    }
}
