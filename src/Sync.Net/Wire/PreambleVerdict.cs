namespace Sync.Net.Wire;

/// <summary>Whom the first bytes of a connection come from.</summary>
internal enum PreambleVerdict
{
    /// <summary>Too few bytes to tell.</summary>
    Undecided,

    SyncNet,

    /// <summary>Another program.</summary>
    Foreign,
}
