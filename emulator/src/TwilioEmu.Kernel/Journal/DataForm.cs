using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Kernel.Journal;

/// <summary>
/// How what entries of one kind tell is written down in few bytes and read
/// back, so that a long journal is bytes to the collector and not objects.
/// </summary>
/// <remarks>Safe from any thread. What is read back tells and shows the same as what was written.</remarks>
public abstract class DataForm
{
    /// <summary>Tells a writer every member.</summary>
    public abstract void Write(IEntryData data, Members to);

    /// <summary>Makes the data anew of what a reader has.</summary>
    /// <exception cref="InvalidDataException">What it has is not of this form.</exception>
    public abstract IEntryData Read(Members from);
}

/// <summary>The form of entry data of a type: the walk along its members; a constant beside the type.</summary>
/// <param name="walk">Along its members.</param>
public sealed class DataForm<T>(Walk<T> walk) : DataForm
    where T : class, IEntryData
{
    /// <inheritdoc/>
    public override void Write(IEntryData data, Members to) => walk((T)data, to);

    /// <inheritdoc/>
    public override IEntryData Read(Members from) => walk(null, from);
}
