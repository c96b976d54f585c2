using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Store;

/// <summary>One account's records of one kind, by key and in the order they first came.</summary>
/// <remarks>
/// Find, put and remove are O(1); walking from a key costs only what is walked.
/// Read it from a turn; write through <see cref="WorldStore"/>.
/// </remarks>
[SuppressMessage("Naming", "CA1710", Justification = "A table is the field's word.")]
public sealed class Table<T>
    where T : class, IRecord
{
    internal Table(string name, Rows rows)
    {
        Name = name;
        Rows = rows;
    }

    /// <summary>The name from its key.</summary>
    public string Name { get; }

    /// <summary>How many records it holds.</summary>
    public int Count => Rows.Count;

    /// <summary>How many of them something may still happen to.</summary>
    public int UnsettledCount => Rows.Count - Rows.SettledCount;

    internal Rows Rows { get; }

    /// <summary>The record of a key, or null.</summary>
    public T? Find(string key) => (T?)Rows.Find(key);

    /// <summary>The record whose key is a SID, by its number.</summary>
    public T? Find(Sid sid) => (T?)Rows.Find(sid);

    /// <summary>Records from the newest, or from the one just older than <paramref name="after"/>, to the oldest.</summary>
    /// <remarks>
    /// An unknown key yields nothing; one removed lately still marks its place, so that a client may delete as it pages. Records put
    /// meanwhile do not shift the walk: page tokens stay stable.
    /// </remarks>
    public IEnumerable<T> NewestFirst(string? after = null) => Rows.NewestFirst(after).Cast<T>();

    /// <summary>
    /// The same, but that many of those are passed over, unread, that have not
    /// all of some texts among their members: a filter's first sieve.
    /// </summary>
    /// <remarks>
    /// Who asks tests what comes: some that have not come too. A million are passed over in the time that a hundred thousand are read in.
    /// </remarks>
    public IEnumerable<T> NewestFirst(string? after, params IReadOnlyList<string> naming) => Rows.NewestFirst(after, naming).Cast<T>();

    /// <summary>
    /// Records from the oldest, or from the one just newer than <paramref name="after"/>,
    /// to the newest; as <see cref="NewestFirst(string)"/> the other way.
    /// </summary>
    public IEnumerable<T> OldestFirst(string? after = null) => Rows.OldestFirst(after).Cast<T>();

    /// <summary>Those that something may still happen to, oldest first: found without a look at the others.</summary>
    public IEnumerable<T> Unsettled() => Rows.Unsettled().Cast<T>();

    /// <summary>The record of another name, or null.</summary>
    public T? FindByAlias(string alias) => (T?)Rows.FindByAlias(alias);

    /// <summary>True when the key is here.</summary>
    public bool Contains(string key) => Rows.Contains(key);
}
