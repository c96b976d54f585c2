namespace TwilioEmu.Composition;

/// <summary>How many bytes of files that are being uploaded a process holds at once. Any thread.</summary>
/// <param name="each">
/// The largest file that is taken: what is larger than the room for files (<see cref="Kernel.WorldOptions.MaxMediaBytes"/>) could not be
/// kept. Twice as many bytes may come at a time (inferred).
/// </param>
internal sealed class UploadRoom(long each)
{
    private const int AtOnce = 2;

    private long _taken;

    /// <summary>The largest file that is taken, in bytes.</summary>
    public long Each => each;

    /// <summary>How many bytes are held now, of all that are coming.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>A share of it that grows with what comes, until it is disposed.</summary>
    public Share Enter() => new(this);

    /// <summary>What one upload holds. Of one request.</summary>
    internal sealed class Share(UploadRoom room) : IDisposable
    {
        private long _held;

        /// <summary>The largest file that is taken, in bytes.</summary>
        public long Most => room.Each;

        /// <summary>Holds so many bytes in all from now on.</summary>
        /// <exception cref="NoRoomException">A file may not have as many, or others hold them.</exception>
        public void Hold(long bytes)
        {
            // One byte beyond tells that a file has ended.
            if (bytes > room.Each + 1)
            {
                throw new NoRoomException(
                    $"files may take {room.Each >> 20} MiB in all, a sixteenth of what the process may use: a larger one could not be "
                        + "kept; give it more (--memory)");
            }
            var more = bytes - _held;
            if (Interlocked.Add(ref room._taken, more) > AtOnce * room.Each)
            {
                Interlocked.Add(ref room._taken, -more);
                throw new NoRoomException(
                    $"files of {AtOnce * room.Each >> 20} MiB are being uploaded at this moment, which is all there is room for: send this "
                        + "one again once they are there, or give the process more (--memory)");
            }
            _held = bytes;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Interlocked.Add(ref room._taken, -_held);
            _held = 0;
        }
    }
}

/// <summary>An upload for which there is no room; the message is the cure.</summary>
internal sealed class NoRoomException(string cure) : Exception(cure);
