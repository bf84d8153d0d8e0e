namespace Sync.Net.Cli.DropIns;

/// <summary>Which of LAVA's two outputs scripts were written for.</summary>
internal enum LavaForm
{
    /// <summary>Data in a cache file as well; the caller's own message counts.</summary>
    Today,

    /// <summary>Data on standard output only, <c>device key=val</c> for all; only others count.</summary>
    Of2013,
}
