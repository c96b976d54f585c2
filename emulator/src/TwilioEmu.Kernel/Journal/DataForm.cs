using System.Buffers;

namespace TwilioEmu.Kernel.Journal;

/// <summary>How what entries of one kind tell is written down in few bytes and read back, so that a long journal is bytes to the collector and not objects.</summary>
/// <remarks>Safe from any thread. What is read back tells and shows the same as what was written.</remarks>
public abstract class DataForm
{
    /// <summary>Writes it down.</summary>
    public abstract void Write(IEntryData data, IBufferWriter<byte> to);

    /// <summary>Makes it anew of what was written.</summary>
    /// <exception cref="InvalidDataException">The bytes are not of this form.</exception>
    public abstract IEntryData Read(ReadOnlyMemory<byte> bytes);
}
