using TwilioEmu.Carrier.Mail;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Carrier.Records;

/// <summary>The forms of the records kept by the carrier.</summary>
public static class CarrierForms
{
    public static IReadOnlyList<RecordForm> All { get; } = [Email.Form, Subscriber.Form];
}
