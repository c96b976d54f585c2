namespace TwilioEmu.Tests.Tls;

/// <summary>Real time, some days later.</summary>
internal sealed class OtherDays : TimeProvider
{
    public TimeSpan Later { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Later;
}
