namespace TwilioEmu.Kernel.Store;

/// <summary>Every form of record a house keeps, by name: what files are read with.</summary>
public sealed class RecordForms
{
    private readonly Dictionary<string, RecordForm> _byName = new(StringComparer.Ordinal);

    /// <summary>Gathers them.</summary>
    /// <exception cref="ArgumentException">Two have one name.</exception>
    public RecordForms(IEnumerable<RecordForm> forms)
    {
        foreach (var form in forms) _byName.Add(form.Name, form);
    }

    /// <summary>All there are.</summary>
    public IReadOnlyCollection<RecordForm> All => _byName.Values;

    /// <summary>The form of a name, or null.</summary>
    public RecordForm? Find(string name) => _byName.GetValueOrDefault(name);
}
