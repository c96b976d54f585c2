namespace TwilioEmu.Media.Rtp;

/// <summary>Calls everybody who is live once for each frame of 20 ms, on one thread.</summary>
/// <remarks>While anybody is joined, the owner of the world pins its time to the wall.</remarks>
public interface IFrameClock
{
    /// <summary>Joins until disposed.</summary>
    /// <param name="why">For the journal: what is live.</param>
    /// <param name="everyFrame">Gets the number of the frame that has begun; does little and never blocks.</param>
    /// <param name="ahead">
    /// Gets the number of the next frame a little before it begins, so that what takes time is done by then; null: nothing is.
    /// </param>
    /// <param name="listen">
    /// Called several times within a frame, with its number, to take in what has come meanwhile; null: nothing comes.
    /// </param>
    IDisposable Join(string why, Action<long> everyFrame, Action<long>? ahead = null, Action<long>? listen = null);
}
