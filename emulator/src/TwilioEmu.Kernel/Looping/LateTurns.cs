namespace TwilioEmu.Kernel.Looping;

/// <summary>What resumes after the world's end.</summary>
/// <remarks>
/// It runs on the thread pool, where every touch of the world throws: whoever awaits it learns of it, and nobody waits for ever.
/// </remarks>
internal static class LateTurns
{
    public static void Run(SendOrPostCallback turn, object? state) => ThreadPool.UnsafeQueueUserWorkItem(
        static late =>
        {
            try
            {
                late.turn(late.state);
            }
            catch (Exception)
            {
                // There is no journal left to say it in.
            }
        },
        (turn, state),
        preferLocal: false);
}
