using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Kernel.Store;

/// <summary>How one kind of record is written and read back: its name and the walk along its members (schema).</summary>
public abstract class RecordForm(string name)
{
    private ChangeForm? _ofChanges;

    /// <summary>Snake case singular: <c>message</c>. What files call the kind.</summary>
    public string Name { get; } = name;

    /// <summary>False where a record holds more than its form tells, which would be lost if it were packed away.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>What may happen to it over the years: the version of its members.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>Tells a writer every member.</summary>
    public abstract void Write(IRecord record, Members to);

    /// <summary>Makes a record of what a reader has.</summary>
    /// <exception cref="InvalidDataException">What it has is not such a record.</exception>
    public abstract IRecord Read(Members from);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The form of changes of such records; null where a record holds more than is written down.</summary>
    internal ChangeForm? OfChanges => IsWhole ? _ofChanges ??= new ChangeForm(this) : null;
}

/// <summary>The form of records of a type; a constant beside the record.</summary>
/// <param name="name">Snake case singular.</param>
/// <param name="walk">Along its members.</param>
public sealed class RecordForm<T>(string name, Walk<T> walk) : RecordForm(name)
    where T : class, IRecord
{
    private string? _fingerprint;

    /// <inheritdoc/>
    /// <remarks>Kinds and names of the members of a record whose lists and parts are those of none.</remarks>
    public override string Fingerprint => _fingerprint ??= FormSketch.Of(m => walk(null, m));

    /// <inheritdoc/>
    public override void Write(IRecord record, Members to) => walk((T)record, to);

    /// <inheritdoc/>
    public override IRecord Read(Members from) => walk(null, from);
}
