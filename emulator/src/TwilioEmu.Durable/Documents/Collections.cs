using System.Buffers;

namespace TwilioEmu.Durable.Documents;

/// <summary>The collections of the file.</summary>
/// <remarks>
/// Ours: <c>twilioemu</c> (the world: format, seed, how far things are), <c>batches</c>, <c>blocks</c> and <c>parts</c> (packed;
/// what a start reads). For tools: <c>journal</c>, and one for each table, in the words of the API. Nothing is read from these.
/// </remarks>
internal static class Collections
{
    public const string World = "twilioemu";
    public const string Batches = "batches";
    public const string Blocks = "blocks";
    public const string Parts = "parts";
    public const string Journal = "journal";

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>
    /// Where a table's documents lie: under its name, or where that is a path (<c>sync/Services/...</c>) under the first of it.
    /// </summary>
    public static string Of(string table)
    {
        var name = table.Split('/', 2)[0].Replace('-', '_');
        return name.AsSpan().ContainsAnyExcept(Plain) || name.Length == 0 || name is World or Batches or Blocks or Parts or Journal
            ? "other"
            : name;
    }
}
