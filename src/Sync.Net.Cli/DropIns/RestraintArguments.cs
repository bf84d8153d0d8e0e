using System.Globalization;
using Sync.Net.Cli.CommandLine;

namespace Sync.Net.Cli.DropIns;

/// <summary>What <c>rstrnt-sync-block</c> was asked.</summary>
internal sealed record RestraintArguments(IReadOnlyList<string> States, IReadOnlyList<string> Hosts, bool IsAny, TimeSpan? Timeout)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    /// <exception cref="UsageException">The arguments are not usable.</exception>
    public static RestraintArguments Parse(string[] args)
    {
        var states = new List<string>();
        var hosts = new List<string>();
        bool isAny = false;
        TimeSpan? timeout = null;
        for (int i = 0; i < args.Length; i++)
        {
            string arg = args[i];
            if (arg is "-s" or "--state") states.Add(ValueOf(args, ref i));
            else if (arg == "--any") isAny = true;
            else if (arg == "--timeout") timeout = Seconds(ValueOf(args, ref i));
            else if (arg.StartsWith("--timeout=", StringComparison.Ordinal)) timeout = Seconds(arg["--timeout=".Length..]);
            else if (arg.StartsWith('-')) throw new UsageException($"there is no option '{arg}'");
            else hosts.Add(arg);
        }
        if (states.Count == 0) throw new UsageException("no state is given");
        if (hosts.Count == 0) throw new UsageException("no host is given");
        return new RestraintArguments(states, [.. hosts.Distinct(StringComparer.Ordinal)], isAny, timeout);
    }

    private static string ValueOf(string[] args, ref int i) =>
        ++i < args.Length ? args[i] : throw new UsageException($"{args[^1]} needs a value");

    private static TimeSpan Seconds(string text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds <= Longest.TotalSeconds)
            return TimeSpan.FromSeconds(seconds);
        throw new UsageException($"the timeout '{text}' is not a number of seconds up to 49 days");
    }
}
