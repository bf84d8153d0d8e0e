using System.Globalization;
using System.Text;
using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Emulab;

namespace Sync.Net.Cli.DropIns;

/// <summary>What <c>emulab-sync</c> was asked; options as getopt(3) reads them.</summary>
internal sealed record EmulabArguments
{
    public int? Initialise { get; private set; }

    public bool IsAsynchronous { get; private set; }

    public int Code { get; private set; }

    public bool AsksForMaster { get; private set; }

    public string? Server { get; private set; }

    public int? Port { get; private set; }

    public bool IsTalkative { get; private set; }

    public string Name { get; private set; } = EmulabRequest.DefaultName;

    /// <exception cref="UsageException">The arguments are not usable.</exception>
    public static EmulabArguments Parse(string[] args)
    {
        var parsed = new EmulabArguments();
        for (int i = 0; i < args.Length; i++)
        {
            string arg = args[i];
            if (arg == "--" && i == args.Length - 1) break;
            if (arg.Length < 2 || arg[0] != '-' || arg[1] == '-') throw new UsageException($"'{arg}' is no option");
            for (int at = 1; at < arg.Length; at++)
            {
                if (parsed.TakeFlag(arg[at])) continue;
                if (!"iespn".Contains(arg[at], StringComparison.Ordinal)) throw new UsageException($"there is no option -{arg[at]}");
                string value = at + 1 < arg.Length ? arg[(at + 1)..] : ++i < args.Length ? args[i] : throw new UsageException($"-{arg[at]} needs a value");
                parsed.TakeValue(arg[at], value);
                break;
            }
        }
        if (parsed.IsAsynchronous && parsed.Initialise is null) throw new UsageException("-a goes with -i only");
        return parsed;
    }

    private bool TakeFlag(char option)
    {
        switch (option)
        {
            case 'a':
                IsAsynchronous = true;
                return true;
            case 'm':
                AsksForMaster = true;
                return true;
            case 'd':
                IsTalkative = true;
                return true;
            case 'u':
                return true;
            default:
                return false;
        }
    }

    private void TakeValue(char option, string value)
    {
        switch (option)
        {
            case 'i':
                Initialise = Number(option, value, 1, int.MaxValue);
                break;
            case 'e':
                Code = Number(option, value, 0, EmulabRequest.MaxCode);
                break;
            case 'p':
                Port = Number(option, value, 1, 65535);
                break;
            case 's':
                Server = value.Length > 0 ? value : throw new UsageException("-s is empty");
                break;
            default:
                Name = value.Length > 0 && !value.Any(char.IsControl) && Encoding.UTF8.GetByteCount(value) <= EmulabRequest.MaxNameBytes
                    ? value
                    : throw new UsageException($"a name has 1 to {EmulabRequest.MaxNameBytes} bytes and no control characters");
                break;
        }
    }

    private static int Number(char option, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new UsageException($"-{option} takes a number from {least} to {most}, and not '{text}'");
}
