using System.Globalization;
using Sync.Net.Wire;

namespace Sync.Net.Benchmarks.Micro;

internal static class Rosters
{
    public static Roster Of(int members) => Roster.Of(
        Enumerable.Range(0, members).Select(i => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1#{i:D5}")));
}
