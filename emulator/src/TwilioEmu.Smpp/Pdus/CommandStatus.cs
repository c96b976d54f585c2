namespace TwilioEmu.Smpp.Pdus;

/// <summary>How a request went (SMPP 3.4 §5.1.3).</summary>
/// <remarks>Names as the specification has them, without <c>ESME_R</c>; 0x400 to 0x4FF are each vendor's own.</remarks>
public enum CommandStatus : uint
{
    Ok = 0x00,
    InvMsgLen = 0x01,
    InvCmdLen = 0x02,
    InvCmdId = 0x03,
    InvBndSts = 0x04,
    AlyBnd = 0x05,
    InvPrtFlg = 0x06,
    InvRegDlvFlg = 0x07,
    SysErr = 0x08,
    InvSrcAdr = 0x0A,
    InvDstAdr = 0x0B,
    InvMsgId = 0x0C,
    BindFail = 0x0D,
    InvPaswd = 0x0E,
    InvSysId = 0x0F,
    CancelFail = 0x11,
    ReplaceFail = 0x13,
    MsgQFul = 0x14,
    InvSerTyp = 0x15,
    InvNumDests = 0x33,
    InvDlName = 0x34,
    InvDestFlag = 0x40,
    InvSubRep = 0x42,
    InvEsmClass = 0x43,
    CntSubDl = 0x44,
    SubmitFail = 0x45,
    InvSrcTon = 0x48,
    InvSrcNpi = 0x49,
    InvDstTon = 0x50,
    InvDstNpi = 0x51,
    InvSysTyp = 0x53,
    InvRepFlag = 0x54,
    InvNumMsgs = 0x55,
    Throttled = 0x58,
    InvSched = 0x61,
    InvExpiry = 0x62,
    InvDftMsgId = 0x63,
    RxTAppn = 0x64,
    RxPAppn = 0x65,
    RxRAppn = 0x66,
    QueryFail = 0x67,
    InvOptParStream = 0xC0,
    OptParNotAllwd = 0xC1,
    InvParLen = 0xC2,
    MissingOptParam = 0xC3,
    InvOptParamVal = 0xC4,
    DeliveryFailure = 0xFE,
    UnknownErr = 0xFF,

    /// <summary>Of SMPP 5.0 §4.7.6; 3.4 has no word for a data coding that is not served.</summary>
    InvDcs = 0x104,
}

/// <summary>Command statuses as text.</summary>
public static class CommandStatuses
{
    /// <summary>As the specification writes it: <c>ESME_RTHROTTLED</c>; hexadecimal for what it does not know.</summary>
    public static string Word(this CommandStatus status) => status switch
    {
        CommandStatus.RxTAppn => "ESME_RX_T_APPN",
        CommandStatus.RxPAppn => "ESME_RX_P_APPN",
        CommandStatus.RxRAppn => "ESME_RX_R_APPN",
        _ when Enum.IsDefined(status) => $"ESME_R{status.ToString().ToUpperInvariant()}",
        _ => $"0x{(uint)status:x8}",
    };
}
